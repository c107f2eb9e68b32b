// SPDX-License-Identifier: GPL-2.0
/*
 * machine.c - constants of a simulated machine as text
 */
#include "machine.h"

#define NS 1000ULL
#define US 1000000ULL

/* A constant of a machine: where it is, and what it may be. */
struct constant {
	const char *name;
	size_t offset;
	u64 min, max;
	bool is_time;
};

static const struct constant constants[] = {
#define CONSTANT(name, min, max, is_time) \
	{ #name, offsetof(struct sim_machine, name##_), min, max, is_time },
#define COST(name) CONSTANT(name, 0, SIM_COST_MAX, true)
#define SIZE(name) CONSTANT(name, 1, SIM_CPUS, false)
	SIM_COSTS(COST) SIM_SIZES(SIZE)
#undef SIZE
#undef COST
#undef CONSTANT
		{ "jitter", offsetof(struct sim_machine, jitter), 0, 100,
		  false },
};

static u64 *constant_of(struct sim_machine *m, const struct constant *c)
{
	return (u64 *)((char *)m + c->offset);
}

/* What a unit is in picoseconds; 0 for one that is none. */
static u64 unit_of(const char *s, size_t len)
{
	if (len == 2 && s[1] == 's')
		return s[0] == 'p' ? 1 :
		       s[0] == 'n' ? NS :
		       s[0] == 'u' ? US :
				     0;
	return 0;
}

/* Decimal digits and a unit, if there has to be one. -EINVAL or -ERANGE. */
static int read_value(const struct constant *c, const char *s, size_t len,
		      u64 *value)
{
	u64 number = 0, unit = 1;
	size_t i;

	for (i = 0; i < len && s[i] >= '0' && s[i] <= '9'; i++) {
		if (number > SIM_COST_MAX)
			return -ERANGE;
		number = number * 10 + (s[i] - '0');
	}
	if (!i)
		return -EINVAL;
	if (c->is_time)
		unit = unit_of(s + i, len - i);
	else if (i != len)
		unit = 0;
	if (!unit)
		return -EINVAL;
	*value = number * unit;
	/* number is at most ten times SIM_COST_MAX: the product fits in 64 bits. */
	if (number > SIM_COST_MAX || *value < c->min || *value > c->max)
		return -ERANGE;
	return 0;
}

static int unknown_constant(char *error, const char *name, size_t len)
{
	size_t at;
	u32 i;

	at = scnprintf(error, SIM_ERROR_MAX, "no constant '%.*s'; there are",
		       len > 24 ? 24 : (int)len, name);
	for (i = 0; i < ARRAY_SIZE(constants); i++)
		at += scnprintf(error + at, SIM_ERROR_MAX - at, " %s",
				constants[i].name);
	return -ENOENT;
}

/* KEY=VALUE, of @len characters. */
static int set_constant(struct sim_machine *m, const char *s, size_t len,
			char *error)
{
	const char *equals = memchr(s, '=', len);
	size_t key_len = equals ? (size_t)(equals - s) : len;
	const struct constant *c;
	int err;

	for (c = constants; c < constants + ARRAY_SIZE(constants); c++)
		if (strlen(c->name) == key_len && !memcmp(c->name, s, key_len))
			break;
	if (c == constants + ARRAY_SIZE(constants))
		return unknown_constant(error, s, key_len);
	if (!equals)
		err = -EINVAL;
	else
		err = read_value(c, equals + 1, len - key_len - 1,
				 constant_of(m, c));
	if (!err)
		return 0;
	scnprintf(error, SIM_ERROR_MAX, "'%.*s': %s is %s from %llu to %llu%s",
		  len > 40 ? 40 : (int)len, s, c->name,
		  c->is_time ? "a time like 23ns or 500ps," : "a number",
		  c->min, c->is_time ? c->max / US : c->max,
		  c->is_time ? "us" : "");
	return err;
}

static int check_sizes(const struct sim_machine *m, char *error)
{
	if (!m->hit_ || !m->relax_) {
		scnprintf(error, SIM_ERROR_MAX,
			  "%s has to be at least 1ps, or no time passes",
			  m->hit_ ? "relax" : "hit");
		return -ERANGE;
	}
	if (m->complex_cpus_ % m->core_cpus_ ||
	    m->socket_cpus_ % m->complex_cpus_) {
		scnprintf(error, SIM_ERROR_MAX,
			  "core_cpus=%llu complex_cpus=%llu socket_cpus=%llu: each has to divide the next",
			  m->core_cpus_, m->complex_cpus_, m->socket_cpus_);
		return -ERANGE;
	}
	return 0;
}

int sim_machine_set(struct sim_machine *m, const char *text,
		    char error[SIM_ERROR_MAX])
{
	size_t len;
	int err;

	for (; *text; text += len) {
		text++;
		len = strcspn(text, ",");
		err = set_constant(m, text, len, error);
		if (err)
			return err;
	}
	return check_sizes(m, error);
}

int sim_machine_print(const struct sim_machine *m, char *buf, size_t len)
{
	struct sim_machine *values = (struct sim_machine *)m;
	const struct constant *c;
	size_t at;

	at = scnprintf(buf, len, "%s", m->name);
	for (c = constants; c < constants + ARRAY_SIZE(constants); c++)
		at += scnprintf(buf + at, len - at, ",%s=%llu%s", c->name,
				*constant_of(values, c),
				c->is_time ? "ps" : "");
	return at;
}
