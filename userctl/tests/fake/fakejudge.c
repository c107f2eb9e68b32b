// SPDX-License-Identifier: GPL-2.0
/*
 * What the fake module takes and what it refuses: values, and combinations that
 * no run can have. A few of the real module's rules, in its words.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fakemodel.h"

const char fake_variants[] =
	"name\tflags\tmax_set\tdoc\n"
	"none\tblocks,unchecked\t800\tno lock\n"
	"broken\tblocks,fails\t800\ttakes no lock\n"
	"token-poll\tblocks,drops,lwkt\t800\ttokens of June 2010\n"
	"token-ipi\tblocks,drops,lwkt\t800\ttokens of December 2010\n"
	"token-handoff\tblocks,drops,lwkt\t800\ttokens with hand-off\n"
	"mutex\tblocks,ordered\t800\tstruct mutex\n"
	"ww-die\tblocks,restarts\t800\tww_mutex, wait-die\n"
	"percpu-rwsem\tblocks,shared\t1\tstruct percpu_rw_semaphore, whose description is so "
	"long that it does not fit into one line of the table\n"
	"spinlock\tordered\t800\tspinlock_t\n"
	"mute\t-\t800\ta lock without counters of its own\n";

/* The fields of a lock behind its name, or NULL; a test may change the file. */
static const char *row_of(const char *lock)
{
	static char text[4096];
	char start[VALUE_MAX + 8];
	char path[5000];
	const char *row;
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "%s/variants", fake_root);
	f = fopen(path, "re");
	if (!f)
		return NULL;
	n = fread(text, 1, sizeof(text) - 1, f);
	text[n] = '\0';
	fclose(f);
	snprintf(start, sizeof(start), "\n%s\t", lock);
	row = strstr(text, start);
	return row ? row + strlen(start) : NULL;
}

/* No flag of the list is a part of another. */
bool fake_has_flag(const char *lock, const char *flag)
{
	const char *row = row_of(lock);
	const char *at = row ? strstr(row, flag) : NULL;

	return at && at < strchr(row, '\t');
}

int fake_refuse(int error, const char *name, const char *value,
		const char *allowed)
{
	fake_put("error", "%s: '%.60s': %s\n", name, value, allowed);
	return error;
}

static int check_value(size_t p, const char *name, const char *value)
{
	const char *w = fake_words(fake_params[p].kind);
	char lock[VALUE_MAX];
	char def[32];
	char *end;

	if (p >= P_FIRST_KNOB) {
		fake_get("config/lock", lock);
		if (!strcmp(fake_knob_default(p, lock, def), "-"))
			return fake_refuse(EINVAL, name, value,
					   "the lock has no such mechanism");
	}

	if (p == P_cpus) {
		if (*value && strpbrk(value, "89"))
			return fake_refuse(EINVAL, name, value,
					   "only the CPUs 0-7 are online");
		return 0;
	}
	if (p == P_lock) {
		return row_of(value) ?
			       0 :
			       fake_refuse(EINVAL, name, value, "not a lock");
	}
	/* Plain numbers and words, or nothing: units are tokctl's. */
	if (p == P_groups || p == P_phases)
		return strspn(value,
			      "abcdefghijklmnopqrstuvwxyz_=:/-0123456789") ==
					       strlen(value) &&
				       !strstr(value, "us") ?
			       0 :
			       fake_refuse(EINVAL, name, value, "not plain");
	for (; w && *w; w += strlen(w) + 1)
		if (!strcmp(w, value))
			return 0;
	if (fake_words(fake_params[p].kind))
		return fake_refuse(EINVAL, name, value,
				   "not a word of this list");
	errno = 0;
	if (!*value || strspn(value, "0123456789") != strlen(value) ||
	    strtoull(value, &end, 10) < fake_params[p].min ||
	    strtoull(value, &end, 10) > fake_params[p].max || errno)
		return fake_refuse(EINVAL, name, value,
				   "not a number in range");
	return 0;
}

static void reset_knobs(const char *lock)
{
	char path[256];
	char def[32];
	size_t p;

	for (p = P_FIRST_KNOB; p < NR_P; p++) {
		snprintf(path, sizeof(path), "config/%s", fake_params[p].name);
		fake_put(path, "%s\n", fake_knob_default(p, lock, def));
	}
}

int fake_config(struct fake *k, const char *name, const char *value)
{
	size_t p;
	int error;

	for (p = 0; p < NR_P; p++)
		if (!strcmp(name + strlen("config/"), fake_params[p].name))
			break;
	if (k->on)
		return fake_refuse(EBUSY, name, value, "a run is on");
	error = p < NR_P ? check_value(p, name, value) : ENOENT;
	if (!error)
		fake_put(name, "%s\n", value);
	if (!error && p == P_lock)
		reset_knobs(value);
	return error;
}

static __attribute__((format(printf, 2, 3))) int no(const char *word,
						    const char *fmt, ...)
{
	int error = EINVAL;
	char text[VALUE_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	fake_put("error", "%s: %s\n", word, text);
	return error;
}

/* Can a run have these values together? */
int fake_check(const struct fake *k, const char *word)
{
	const char *lock = k->values[P_lock];
	const char *row = row_of(lock);
	unsigned long long v[NR_P];
	unsigned long max_set;
	size_t i;

	for (i = 0; i < NR_P; i++)
		v[i] = strtoull(k->values[i], NULL, 10);
	if (!row)
		return no(word, "lock: %s is not set", lock);
	max_set = strtoul(strchr(row, '\t') + 1, NULL, 10);
	if (!v[P_hold_ns] && !v[P_think_ns] && !*k->values[P_groups])
		return no(word, "hold_ns, think_ns: both 0; set one of them");
	if (!v[P_block_ns] != !v[P_block_every])
		return no(word,
			  "block_ns, block_every: %llu and %llu; set both or none",
			  v[P_block_ns], v[P_block_every]);
	if (v[P_set_size] > max_set)
		return no(word,
			  "set_size: %llu; %s can have at most %lu locks at once",
			  v[P_set_size], lock, max_set);
	if (v[P_block_ns] && !fake_has_flag(lock, "blocks"))
		return no(word, "block_ns: the holder of %s must not block",
			  lock);
	if (v[P_shared_pct] && !fake_has_flag(lock, "shared"))
		return no(word, "shared_pct: %llu; %s has no shared mode",
			  v[P_shared_pct], lock);
	if (v[P_set_size] > v[P_locks])
		return no(word, "set_size: %llu is more than the %llu locks",
			  v[P_set_size], v[P_locks]);
	if (!strcmp(k->values[P_pick], "partition"))
		return no(word,
			  "set_size 1 is more than the 0 locks of a CPU's part");
	return 0;
}
