// SPDX-License-Identifier: GPL-2.0
/*
 * From a refusal per cell to what is worth saying. A lock that cannot take
 * sets is refused in every cell with set_size=2, whatever the other axes are,
 * and this is one fact, not one per cell. Pure.
 */
#include "base/json.h"
#include "leftout.h"

/* The refusals of one lock. */
struct refused {
	const struct plan *plan;
	char *const *why; /* of its first cell */
	bool matters[NR_PARAMS]; /* axes that decide */
};

static const char *why_in(const struct refused *r, size_t cell)
{
	return r->why[cell * r->plan->nr_locks];
}

/* How far apart are the cells of two neighbouring values of an axis? */
static size_t stride_of(const struct plan *plan, size_t axis)
{
	size_t stride = 1;
	size_t i;

	for (i = axis + 1; i < plan->nr_axes; i++)
		stride *= plan->counts[i];
	return stride;
}

/*
 * Does it depend on the value of this axis whether the lock is refused? If it
 * does not for each of some axes, then not for their combinations either.
 */
static bool decides(const struct refused *r, size_t axis)
{
	size_t stride = stride_of(r->plan, axis);
	size_t cell;

	if (r->plan->counts[axis] < 2)
		return false;
	for (cell = 0; cell < r->plan->nr_cells; cell++) {
		size_t at = plan_value(r->plan, cell, axis);
		size_t first = cell - at * stride;

		if (!why_in(r, cell) != !why_in(r, first))
			return true;
	}
	return false;
}

/* Is this the cell that stands for all that differ in what does not matter? */
static bool stands_for_others(const struct refused *r, size_t cell)
{
	size_t i;

	for (i = 0; i < r->plan->nr_axes; i++)
		if (!r->matters[i] && r->plan->counts[i] > 1 &&
		    plan_value(r->plan, cell, i))
			return false;
	return true;
}

static bool is_refused(const struct refused *r)
{
	size_t cell;

	for (cell = 0; cell < r->plan->nr_cells; cell++)
		if (why_in(r, cell))
			return true;
	return false;
}

static struct json_object *number_or_text(enum param_id id, const char *value)
{
	if (params_is_text(params[id].kind))
		return json_object_new_string(value);
	return json_object_new_uint64(strtoull(value, NULL, 10));
}

static struct json_object *entry_of(const struct refused *r,
				    const struct axes *axes, const char *lock,
				    size_t cell)
{
	struct json_object *entry = json_object_new_object();
	struct json_object *values = json_object_new_object();
	size_t i;

	for (i = 0; i < r->plan->nr_axes; i++) {
		size_t value = plan_value(r->plan, cell, i);

		if (r->matters[i])
			json_set(values, params[i].name,
				 number_or_text(i,
						axes->axis[i].values[value]));
	}
	json_object_object_add(entry, "lock", json_object_new_string(lock));
	if (json_object_object_length(values))
		json_object_object_add(entry, "params", values);
	else
		json_object_put(values);
	json_object_object_add(entry, "reason",
			       json_object_new_string(why_in(r, cell)));
	return entry;
}

/**
 * leftout_list() - Sum up what the module refuses
 * @plan: the sweep, whose axes are the parameters
 * @axes: their values
 * @why: for each cell one element per lock: the module's reason; NULL: it runs
 * @wanted: for each lock: is it of interest?
 *
 * Return: new array of objects: lock, reason (that of the first cell), and
 * params with the values that decide, unless the lock is refused in all cells.
 */
struct json_object *leftout_list(const struct plan *plan,
				 const struct axes *axes, char *const *why,
				 const bool *wanted)
{
	struct json_object *list = json_object_new_array();
	const struct axis *locks = &axes->axis[PARAM_lock];
	size_t lock, cell, i;

	for (lock = 0; lock < plan->nr_locks; lock++) {
		struct refused r = { .plan = plan, .why = why + lock };

		if (!wanted[lock] || !is_refused(&r))
			continue;
		for (i = 0; i < plan->nr_axes; i++)
			r.matters[i] = decides(&r, i);
		for (cell = 0; cell < plan->nr_cells; cell++)
			if (why_in(&r, cell) && stands_for_others(&r, cell))
				json_object_array_add(list,
						      entry_of(&r, axes,
							       locks->values
								       [lock],
							       cell));
	}
	return list;
}
