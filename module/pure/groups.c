// SPDX-License-Identifier: GPL-2.0
/*
 * The parsers of groups and phases, and whose group a thread is in.
 *
 * Both texts are pieces with a character between them. A piece is looked at only
 * once it is cut out, so whatever is wrong has a piece to be quoted.
 */
#include "groups.h"
#include "parse.h"

/* The text that is left to be read; NULL: none. */
struct reader {
	const char *text;
	size_t len;
};

/* Where a reason goes. */
struct reason {
	char *why;
	size_t len;
};

/* Cut off what stands before the next @mark; false when nothing is left. */
static bool next_piece(struct reader *from, char mark, struct reader *piece)
{
	const char *end;

	if (!from->text)
		return false;
	*piece = *from;
	end = memchr(from->text, mark, from->len);
	if (!end) {
		from->text = NULL;
		return true;
	}
	piece->len = end - from->text;
	from->text = end + 1;
	from->len -= piece->len + 1;
	return true;
}

static int refuse_piece(const struct reason *r, const struct reader *piece,
			const char *wrong, const char *allowed)
{
	char quote[TB_QUOTE_MAX];

	tb_parse_quote(quote, sizeof(quote), piece->text, piece->len);
	scnprintf(r->why, r->len, "%s %s; allowed: %s", quote, wrong, allowed);
	return -EINVAL;
}

static int refuse_count(const struct reason *r, const struct reader *all,
			const char *what, u32 most)
{
	char quote[TB_QUOTE_MAX];

	tb_parse_quote(quote, sizeof(quote), all->text, all->len);
	scnprintf(r->why, r->len,
		  "%s has a wrong number of %s; allowed: none, or 2 to %u with a '/' between them",
		  quote, what, most);
	return -EINVAL;
}

/* The number at the end of @piece, which starts at @at. */
static int read_number(const struct reader *piece, size_t at, int min, int max,
		       int *number, const struct reason *r)
{
	const char *text = piece->text + at;
	size_t len = piece->len - at;
	bool negative = min < 0 && len && *text == '-';
	char wrong[48], allowed[32];
	u64 val = 0;
	int err = 0;

	if (negative) {
		text++;
		len--;
	}
	/* The parser of numbers would allow blanks around this one. */
	if (memchr(text, ' ', len))
		err = -EINVAL;
	if (!err)
		err = tb_parse_u64(text, len, min > 0 ? min : 0,
				   negative ? -min : max, &val);
	if (!err) {
		*number = negative ? -(int)val : (int)val;
		return 0;
	}
	/* "needs more than 64 bits" has a verb of its own. */
	scnprintf(wrong, sizeof(wrong), "%s%s%s",
		  at ? "has a number that " : "",
		  err == -EOVERFLOW ? "" : "is ", tb_parse_reason(err));
	scnprintf(allowed, sizeof(allowed), "%d to %d", min, max);
	return refuse_piece(r, piece, wrong, allowed);
}

/* Trim the text; false if there is nothing in it, with the result in @n. */
static bool trim_text(const char *text, size_t len, struct reader *all, int *n,
		      const struct reason *r)
{
	char wrong[48], allowed[48];
	int err;

	if (r->len)
		r->why[0] = '\0';
	*all = (struct reader){ text, len };
	err = tb_parse_trim(text, len, &all->text, &all->len);
	if (!err)
		return true;
	*n = 0;
	if (err != -ENODATA) {
		scnprintf(wrong, sizeof(wrong), "is %s", tb_parse_reason(err));
		scnprintf(allowed, sizeof(allowed),
			  "printable characters, up to %d", TB_VALUE_MAX);
		*n = refuse_piece(r, all, wrong, allowed);
	}
	return false;
}

/* The settings of a group and their ranges, by the names of TB_PARAMS. */
#define SETTINGS(X)                          \
	X(threads, 1, limit.threads_per_cpu) \
	X(hold_ns, 0, limit.hold_ns)         \
	X(think_ns, 0, limit.think_ns)       \
	X(shared_pct, 0, limit.shared_pct)   \
	X(nice, -20, 19)

#define LIMIT_FIELD(name, kind, unit, def, min, max, doc) u64 name;
#define LIMIT_VALUE(name, kind, unit, def, min, max, doc) .name = (max),

/* The largest value of every parameter. */
static const struct {
	TB_PARAMS(LIMIT_FIELD)
} limit = { TB_PARAMS(LIMIT_VALUE) };

#define SETTING_ENUM(name, min, max) SETTING_##name,
#define SETTING_NAME(name, min, max) #name,
#define SETTING_LIST(name, min, max) #name "=N "
#define SETTING_RANGE(name, min, max) { min, max },

enum setting { SETTINGS(SETTING_ENUM) SETTING_COUNT };

static const char *const setting_names[] = { SETTINGS(SETTING_NAME) };

static void set_member(struct tb_group *g, enum setting setting, int number)
{
	switch (setting) {
	case SETTING_threads:
		g->threads = number;
		break;
	case SETTING_hold_ns:
		g->hold_ns = number;
		g->has_hold = true;
		break;
	case SETTING_think_ns:
		g->think_ns = number;
		g->has_think = true;
		break;
	case SETTING_shared_pct:
		g->shared_pct = number;
		g->has_shared = true;
		break;
	case SETTING_nice:
		g->nice = number;
		break;
	default:
		break;
	}
}

static int read_setting(struct tb_group *g, const struct reader *piece,
			u32 *seen, const struct reason *r)
{
	const struct {
		int least, most;
	} range[] = { SETTINGS(SETTING_RANGE) };
	const char *mark = memchr(piece->text, '=', piece->len);
	int setting, number, err;
	size_t len;

	if (!mark)
		return refuse_piece(r, piece, "is no NAME=NUMBER",
				    SETTINGS(SETTING_LIST) "with N a number");
	len = mark - piece->text;
	setting = -ENOENT;
	if (!memchr(piece->text, ' ', len))
		setting = tb_parse_word(piece->text, len, setting_names,
					SETTING_COUNT);
	if (setting < 0)
		return refuse_piece(r, piece, "names no setting of a group",
				    SETTINGS(SETTING_LIST) "with N a number");
	if (*seen & 1U << setting)
		return refuse_piece(r, piece, "is there twice",
				    "each setting once in a group");
	*seen |= 1U << setting;

	err = read_number(piece, len + 1, range[setting].least,
			  range[setting].most, &number, r);
	if (!err)
		set_member(g, setting, number);
	return err;
}

static int read_group(struct tb_group *g, const struct reader *text,
		      const struct reason *r)
{
	struct reader rest = *text, piece;
	u32 seen = 0;
	int err = 0;

	memset(g, 0, sizeof(*g));
	g->threads = 1;
	while (!err && next_piece(&rest, ':', &piece))
		err = read_setting(g, &piece, &seen, r);
	return err;
}

int tb_groups_parse(const char *text, size_t len,
		    struct tb_group groups[TB_GROUPS_MAX], char *why,
		    size_t why_len)
{
	const struct reason r = { why, why_len };
	struct reader all, rest, piece;
	int err, n = 0;

	if (!trim_text(text, len, &all, &n, &r))
		return n;
	rest = all;
	while (next_piece(&rest, '/', &piece)) {
		if (n == TB_GROUPS_MAX)
			return refuse_count(&r, &all, "groups", TB_GROUPS_MAX);
		err = read_group(&groups[n++], &piece, &r);
		if (err)
			return err;
	}
	if (n < 2)
		return refuse_count(&r, &all, "groups", TB_GROUPS_MAX);
	return n;
}

u32 tb_groups_of(const struct tb_group *groups, u32 n, u32 thread)
{
	u32 sum = 0;
	u32 i;

	for (i = 0; i < n; i++)
		sum += groups[i].threads;
	thread %= sum;
	for (i = 0; thread >= groups[i].threads; i++)
		thread -= groups[i].threads;
	return i;
}

int tb_phases_parse(const char *text, size_t len, u32 levels[TB_PHASES_MAX],
		    char *why, size_t why_len)
{
	const struct reason r = { why, why_len };
	struct reader all, rest, piece;
	int level, err, n = 0;

	if (!trim_text(text, len, &all, &n, &r))
		return n;
	rest = all;
	while (next_piece(&rest, '/', &piece)) {
		if (n == TB_PHASES_MAX)
			return refuse_count(&r, &all, "parts", TB_PHASES_MAX);
		err = read_number(&piece, 0, 1, limit.threads_per_cpu, &level,
				  &r);
		if (err)
			return err;
		levels[n++] = level;
	}
	if (n < 2)
		return refuse_count(&r, &all, "parts", TB_PHASES_MAX);
	return n;
}
