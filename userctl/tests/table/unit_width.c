// SPDX-License-Identifier: GPL-2.0
/*
 * grid_fit.c: whatever is measured, no row is wider than the terminal, and where a line
 * has no width nothing is missing. The documents are all the combinations of what makes a
 * table wide.
 */
#include "kernel/params.h"
#include "table/out.h"
#include "wide.h"

static char *print(struct json_object *doc, const char *columns)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	out_print(f, doc, OUT_TABLE,
		  &(struct out_view){ .ledger = true, .columns = columns });
	fclose(f);
	return text;
}

/* Of rows; sentences are not measured. */
static void check_width(const char *text, size_t width)
{
	size_t len;

	for (; *text; text += len + (text[len] == '\n')) {
		const char *name = strstr(text, lock_names[0]);
		const char *other = strstr(text, lock_names[1]);

		len = strcspn(text, "\n");
		if ((!name || name > text + len) &&
		    (!other || other > text + len))
			continue;
		if (len > width)
			fail_msg("%zu: %.*s", len, (int)len, text);
	}
}

/* A value of an axis as a table shows it. */
static const char *shown(size_t axis, size_t i, char out[UNITS_MAX])
{
	const char *value = axes[axis].values[i];
	enum param_id id = params_find(axes[axis].name);

	return id == NR_PARAMS ? value : params_show(id, value, out);
}

/* Is there a line of this row with this cell? */
static bool has_cell(const char *text, size_t row, size_t nr_axes,
		     const char *cell)
{
	char out[UNITS_MAX];
	const char *value = nr_axes ? shown(nr_axes - 1, row / 2, out) : NULL;
	const char *lock = lock_names[row % 2];
	const char *at = text;
	size_t len = strlen(cell);
	char *line, *number;
	bool found;

	while ((at = strstr(at, cell))) {
		const char *start = at;

		while (start > text && start[-1] != '\n')
			start--;
		line = xstrndup(start, strcspn(start, "\n"));
		found = strstr(line, lock) && strchr(" ~", at[-1]) &&
			strchr("\n ", at[len]);
		if (found && value && !strstr(line, value))
			found = strtoul(line, &number, 10) == 40 + row / 2 &&
				*number == ' ';
		free(line);
		if (found)
			return true;
		at += len;
	}
	return false;
}

/* A long value goes on in the next line. */
static char *without_blanks(const char *text)
{
	char *out = xcalloc(strlen(text) + 1, 1);
	char *to = out;

	for (; *text; text++)
		if (!strchr("\n ", *text))
			*to++ = *text;
	return out;
}

static void check_axes(const char *text, size_t nr_axes)
{
	char *dense = without_blanks(text);
	char out[UNITS_MAX], *value;
	size_t i, j;

	for (i = 0; i < nr_axes; i++)
		for (j = 0; j < 2; j++) {
			value = without_blanks(shown(i, j, out));
			assert_has(dense, value);
			free(value);
		}
	free(dense);
}

static void check(size_t nr_axes, unsigned int what)
{
	struct wanted w = { .n = 0 };
	struct json_object *doc = make(&w, nr_axes, what);
	char *text = print(doc, "all");
	char width[8];
	size_t i;

	for (i = 0; i < w.n; i++)
		if (!has_cell(text, w.row[i], nr_axes, w.text[i]))
			fail_msg("%zu axes, %#x: row %zu has no %s:\n%s",
				 nr_axes, what, w.row[i], w.text[i], text);
	check_axes(text, nr_axes);
	free(text);
	for (i = 80; i == 80; i++) {
		snprintf(width, sizeof(width), "%zu", i);
		setenv("COLUMNS", width, 1);
		text = print(doc, NULL);
		check_width(text, i);
		check_axes(text, nr_axes);
		/* Nothing is left out where it would fit. */
		if (i == 80 && nr_axes > 2)
			assert_has(text, "no room for:");
		free(text);
	}
	unsetenv("COLUMNS");
	json_object_put(doc);
}

static void no_table_is_wider_than_a_terminal(void **state)
{
	unsigned int what;
	size_t n;

	(void)state;
	for (n = 0; n <= NR_AXES; n++)
		for (what = 0; what < NR_DOCUMENTS; what++)
			check(n, what);
}

/* Names that no module gives, in a file that somebody sent. */
static void a_foreign_document_is_printed_as_well(void **state)
{
	static const char *const bad[] = { "\033", "\\x", "\n", "\303\244",
					   "a" };
	char *text, *dense, *lock;
	size_t i, j;

	(void)state;
	for (i = 0; i < N_OF(bad); i++) {
		struct wanted w = { .n = 0 };
		struct json_object *doc = make(&w, 3, MARKED | GROUPS | PHASES);
		struct json_object *rows = json_array(doc, "summary");
		struct json_object *row = json_object_array_get_idx(rows, 1);

		lock = xcalloc(300, strlen(bad[i]) + 1);
		for (j = 0; j < 300; j++)
			strcat(lock, bad[i]);
		json_set(row, "lock", json_object_new_string(lock));
		json_set(row, "verdict", json_object_new_string(lock));
		json_set(row, "params.overlap_min_pct",
			 json_object_new_string(lock));
		put(row, "groups.1.threads", 1e300);
		put(row, "cell", -1);
		json_set(json_object_array_get_idx(json_array(row, "phases"),
						   0),
			 "threads_per_cpu", json_object_new_string(lock));
		json_object_object_del(row, "model");
		text = print(doc, NULL);
		assert_null(strchr(text, '\033'));
		free(text);
		setenv("COLUMNS", "80", 1);
		text = print(doc, NULL);
		unsetenv("COLUMNS");
		dense = without_blanks(text);
		assert_has(dense, "case2:overlap_min_pct=100");
		free(dense);
		free(text);
		free(lock);
		json_object_put(doc);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_table_is_wider_than_a_terminal),
		cmocka_unit_test(a_foreign_document_is_printed_as_well),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
