// SPDX-License-Identifier: GPL-2.0
/* Cells of a table. All of one shape, so that a column can name its own. */
#include "jpath.h"
#include "out_rows.h"
#include "units.h"

/**
 * out_cell_count() - Cell of a count or rate
 * @row: row of the summary
 * @key: key of the number
 * @out: receives the text, at most CELL_MAX bytes
 *
 * Return: false if the row has no such number.
 */
bool out_cell_count(struct json_object *row, const char *key, char *out)
{
	double v;

	return jpath_number(row, key, &v) && units_count(out, v);
}

/**
 * out_cell_per_1000() - Cell of a count per operation, shown per 1000 of them
 * @row: row of the summary
 * @key: key of the number
 * @out: receives the text, at most CELL_MAX bytes
 *
 * Per operation most such numbers would be small fractions.
 *
 * Return: false if the row has no such number.
 */
bool out_cell_per_1000(struct json_object *row, const char *key, char *out)
{
	double v;

	return jpath_number(row, key, &v) && units_count(out, v * 1000);
}

static bool cell_from_to(struct json_object *obj, const char *from,
			 const char *to, char *out)
{
	char lo[UNITS_MAX], hi[UNITS_MAX];
	double min, max;

	if (!jpath_number(obj, from, &min) || !jpath_number(obj, to, &max))
		return false;
	snprintf(out, CELL_MAX, "%s-%s", units_count(lo, min),
		 units_count(hi, max));
	return true;
}

/**
 * out_cell_range() - Cell of the range of a count or rate over the repeats
 * @row: row of the summary
 * @key: key of an object with min and max
 * @out: receives the text, at most CELL_MAX bytes
 *
 * Return: false if the row has no such range.
 */
bool out_cell_range(struct json_object *row, const char *key, char *out)
{
	struct json_object *range;

	return jpath_get(row, key, &range) &&
	       cell_from_to(range, "min", "max", out);
}

/**
 * out_cell_interval() - Cell of the interval of a count or rate
 * @row: row of the summary
 * @key: key of an object with ci95
 * @out: receives the text, at most CELL_MAX bytes
 *
 * Return: false if the row has no such interval.
 */
bool out_cell_interval(struct json_object *row, const char *key, char *out)
{
	struct json_object *range;

	return jpath_get(row, key, &range) &&
	       cell_from_to(range, "ci95.1", "ci95.2", out);
}

/**
 * out_cell_percent() - Cell of a share
 * @row: row of the summary
 * @key: key of the number
 * @out: receives the text, at most CELL_MAX bytes
 *
 * Return: false if the row has no such number.
 */
bool out_cell_percent(struct json_object *row, const char *key, char *out)
{
	double v;

	return jpath_number(row, key, &v) && units_percent(out, v);
}

/**
 * out_cell_ns() - Cell of a time
 * @row: row of the summary
 * @key: key of the number
 * @out: receives the text, at most CELL_MAX bytes
 *
 * Return: false if the row has no such number.
 */
bool out_cell_ns(struct json_object *row, const char *key, char *out)
{
	double v;

	return jpath_number(row, key, &v) && units_ns(out, v);
}

/**
 * out_cell_index() - Cell of an index from 0 to 1
 * @row: row of the summary
 * @key: key of the number
 * @out: receives the text, at most CELL_MAX bytes
 *
 * Return: false if the row has no such number.
 */
bool out_cell_index(struct json_object *row, const char *key, char *out)
{
	double v;

	if (!jpath_number(row, key, &v))
		return false;
	snprintf(out, CELL_MAX, "%.3f", v);
	return true;
}

/**
 * out_cell_number() - Cell of a whole number that is shown as it is
 * @row: row of the summary
 * @key: key of the number
 * @out: receives the text, at most CELL_MAX bytes
 *
 * Return: false if the row has no such number.
 */
bool out_cell_number(struct json_object *row, const char *key, char *out)
{
	double v;

	if (!jpath_number(row, key, &v))
		return false;
	snprintf(out, CELL_MAX, "%.0f", v);
	return true;
}
