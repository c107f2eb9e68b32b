// SPDX-License-Identifier: GPL-2.0
/* Cells of tables: from a number of a row to its text. */
#include <stdio.h>
#include <string.h>

#include "base/units.h"
#include "columns.h"
#include "result/row.h"

/* @key, whose last part is @tail there, with another one. */
static bool beside(struct json_object *row, const char *key, const char *tail,
		   const char *other, double *v)
{
	char name[CELL_MAX];

	snprintf(name, sizeof(name), "%.*s%s",
		 (int)(strlen(key) - strlen(tail)), key, other);
	return json_number(row, name, v);
}

/* The upper end of an interval, by the key of the lower. */
static bool upper_end(struct json_object *row, const char *key, double *v)
{
	return beside(row, key, "1", "2", v);
}

/* "334k-351k"; in a unit of the column "334-351k" */
static bool from_to(const struct column *c, double min, double max, char *out)
{
	char lo[UNITS_MAX], hi[UNITS_MAX];

	if (c->unit)
		snprintf(out, CELL_MAX, "%s-%s%s", units_in(lo, min, c->unit),
			 units_in(hi, max, c->unit), c->unit->suffix);
	else
		snprintf(out, CELL_MAX, "%s-%s", units_count(lo, min),
			 units_count(hi, max));
	return true;
}

static bool range(struct json_object *row, const struct column *c, char *out)
{
	double min, max;

	return beside(row, c->key, "", ".min", &min) &&
	       beside(row, c->key, "", ".max", &max) &&
	       from_to(c, min, max, out);
}

static const char *count(char *out, double v, const struct column *c)
{
	char number[UNITS_MAX];

	if (!c->unit || v == 0)
		return units_count(out, v);
	snprintf(out, CELL_MAX, "%s%s", units_in(number, v, c->unit),
		 c->unit->suffix);
	return out;
}

static bool width(struct json_object *row, const char *key, double lo,
		  double hi, char *out)
{
	char share[UNITS_MAX];
	double median;

	if (!beside(row, key, "ci95.1", "median", &median) || median <= 0)
		return false;
	snprintf(out, CELL_MAX, "+-%s",
		 units_percent(share, (hi - lo) / 2 / median));
	return true;
}

static const char *ratio_text(char out[UNITS_MAX], double v)
{
	if (v >= 9.9995)
		return units_count(out, v);
	snprintf(out, UNITS_MAX, v != 0 && v < 0.0995 ? "%.2g" : "%.3f", v);
	return out;
}

/* From one end to the other, or what is made of both. */
static bool ends(struct json_object *row, const struct column *c, double lo,
		 char *out)
{
	char a[UNITS_MAX], b[UNITS_MAX];
	double hi;

	if (!upper_end(row, c->key, &hi))
		return false;
	if (c->kind == WIDTH)
		return width(row, c->key, lo, hi, out);
	if (c->kind == INTERVAL)
		return from_to(c, lo, hi, out);
	snprintf(out, CELL_MAX, "%s-%s", ratio_text(a, lo), ratio_text(b, hi));
	return true;
}

/* "0.831 (0.800-0.860)" */
static bool full_ratio(struct json_object *row, const char *key, double v,
		       char *out)
{
	double lo, hi;

	/* To itself. */
	if (json_is(row, "ratio.verdict", "reference"))
		return false;
	if (beside(row, key, "value", "ci95.1", &lo) &&
	    beside(row, key, "value", "ci95.2", &hi))
		snprintf(out, CELL_MAX, "%.3f (%.3f-%.3f)", v, lo, hi);
	else
		snprintf(out, CELL_MAX, "%.3f", v);
	return true;
}

static bool verdict(struct json_object *row, bool brief, char *out)
{
	const char *word = json_text(row, "ratio.verdict");
	char share[UNITS_MAX];
	double v;

	/* Where the CPU was emulated there is nothing to be said. */
	if (!word || (row_is_emulated(row) && strcmp(word, "reference") != 0))
		return false;
	if (!brief && !strcmp(word, "no difference") &&
	    json_number(row, "ratio.within", &v))
		snprintf(out, CELL_MAX, "%s within %s", word,
			 units_percent(share, v));
	else
		snprintf(out, CELL_MAX, "%.40s", word);
	return true;
}

/* "2, 7", by the key of the first. */
static bool repeats(struct json_object *row, const char *key, char *out)
{
	char name[CELL_MAX];
	struct json_object *list;
	size_t n = 0;
	size_t i;

	snprintf(name, sizeof(name), "%.*s", (int)(strlen(key) - 2), key);
	list = json_array(row, name);
	for (i = 0; i < json_length(list) && n + 24 < CELL_MAX; i++) {
		const char *text = json_item(list, i);

		n += snprintf(out + n, CELL_MAX - n, "%s%.20s", i ? ", " : "",
			      text ? text : "?");
	}
	return n > 0;
}

/* Two digits, and no exponent unless the number is tiny or huge. */
static const char *fit_number(char out[UNITS_MAX], double v)
{
	int digits = v >= 9.95 ? 0 : v >= 0.995 ? 1 : v >= 0.0995 ? 2 : 3;

	if (v == 0)
		strcpy(out, "0");
	else if (v < 0.00995 || v >= 999999.5)
		snprintf(out, UNITS_MAX, "%.0e", v);
	else
		snprintf(out, UNITS_MAX, "%.*f", digits, v);
	return out;
}

/**
 * cell_fit() - Cell of a number that was fitted
 * @row: row or entry of the fits
 * @key: key of an object with value, and ci95 if there is an interval
 * @times: so many times the number is shown
 * @unit: stands behind it
 * @out: receives "5.2% [4.6-5.9]", at most CELL_MAX bytes
 *
 * Return: false if the row has no such number.
 */
bool cell_fit(struct json_object *row, const char *key, double times,
	      const char *unit, char *out)
{
	char v[UNITS_MAX], lo[UNITS_MAX], hi[UNITS_MAX];
	double x, a, b;

	if (!beside(row, key, "", ".value", &x))
		return false;
	fit_number(v, x * times);
	if (beside(row, key, "", ".ci95.1", &a) &&
	    beside(row, key, "", ".ci95.2", &b))
		snprintf(out, CELL_MAX, "%s%s [%s-%s]", v, unit,
			 fit_number(lo, a * times), fit_number(hi, b * times));
	else
		snprintf(out, CELL_MAX, "%s%s", v, unit);
	return true;
}

/**
 * cell_is_beyond() - Is the knee of a fit more than all that was measured?
 * @row: row of the fits
 */
bool cell_is_beyond(struct json_object *row)
{
	double knee, most;

	return json_number(row, "usl.knee.value", &knee) &&
	       json_number(row, "most", &most) && knee > most;
}

/* Cells that are no single number. */
static bool other_text(struct json_object *row, const struct column *c,
		       char *out)
{
	switch (c->kind) {
	case RANGE:
		return range(row, c, out);
	case VERDICT:
	case WORD:
	case CHANGE:
		return verdict(row, c->kind == WORD, out);
	case REPEATS:
		return repeats(row, c->key, out);
	case FIT_SHARE:
		return cell_fit(row, c->key, 100, "%", out);
	case FIT_MILLI:
		return cell_fit(row, c->key, 1000, "", out);
	case FIT_KNEE:
		return cell_fit(row, c->key, 1, cell_is_beyond(row) ? "*" : "",
				out);
	default:
		return false;
	}
}

/**
 * cell_text() - The text of a cell
 * @row: row of a table
 * @c: its column
 * @out: receives the text, at most CELL_MAX bytes
 *
 * Return: false if the row has no such number.
 */
bool cell_text(struct json_object *row, const struct column *c, char *out)
{
	double v;

	if (!json_number(row, c->key, &v))
		return other_text(row, c, out);
	switch (c->kind) {
	case COUNT:
		return count(out, v, c);
	case PER_1000:
		return count(out, v * 1000, c);
	case SHARE:
		return units_percent(out, v);
	case TIME:
		return v >= 0 &&
		       (c->unit ? units_in(out, v, c->unit) : units_ns(out, v));
	case INDEX:
		snprintf(out, CELL_MAX, "%.3f", v);
		return true;
	case NUMBER:
		snprintf(out, CELL_MAX, "%.0f", v);
		return true;
	case RATIO:
		return ratio_text(out, v);
	case CHANCE:
		snprintf(out, CELL_MAX, v < 0.001 ? "<0.001" : "%.3f", v);
		return true;
	case INTERVAL:
	case WIDTH:
	case RATIO_ENDS:
		return ends(row, c, v, out);
	case RATIO_FULL:
		return full_ratio(row, c->key, v, out);
	default:
		return other_text(row, c, out);
	}
}

/**
 * cell_unit() - Choose one unit for all cells of a column
 * @rows: rows of the table
 * @c: the column; gets the unit, if its numbers can have one
 */
void cell_unit(struct json_object *rows, struct column *c)
{
	double least = 0, most = 0, v;
	struct json_object *row;
	size_t i;

	if (c->kind != COUNT && c->kind != PER_1000 && c->kind != RANGE &&
	    c->kind != INTERVAL && c->kind != TIME)
		return;
	json_for_each(i, row, rows) {
		bool there = c->kind == RANGE ?
				     beside(row, c->key, "", ".max", &v) :
				     json_number(row, c->key, &v);

		v *= c->kind == PER_1000 ? 1000 : 1;
		if (!there || v <= 0)
			continue;
		least = least == 0 || v < least ? v : least;
		most = v > most ? v : most;
	}
	c->unit = units_common(c->kind == TIME, least, most);
}
