// SPDX-License-Identifier: GPL-2.0
/*
 * The fake module's files, time and control. Everything is a function of its
 * files, the clock and the environment; see fakemod.c.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "fakemodel.h"

char fake_root[4096];

static uint64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000ULL + ts.tv_nsec / 1000000;
}

const char *fake_env(const char *name)
{
	const char *v = getenv(name);

	return v ? v : "";
}

void fake_put(const char *name, const char *fmt, ...)
{
	char path[5000];
	va_list ap;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", fake_root, name);
	f = fopen(path, "we");
	if (!f)
		return;
	va_start(ap, fmt);
	vfprintf(f, fmt, ap);
	va_end(ap);
	fclose(f);
}

void fake_get(const char *name, char *out)
{
	char path[5000];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", fake_root, name);
	*out = '\0';
	f = fopen(path, "re");
	if (!f)
		return;
	if (!fgets(out, VALUE_MAX, f))
		*out = '\0';
	out[strcspn(out, "\n")] = '\0';
	fclose(f);
}

void fake_load(void)
{
	char path[5000];
	FILE *f;
	size_t i;

	snprintf(path, sizeof(path), "%s/config", fake_root);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/config/token", fake_root);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/results", fake_root);
	mkdir(path, 0755);
	fake_put("version", "tokbench 9.8.7 abi %s\n",
		 *fake_env("FAKE_ABI") ? fake_env("FAKE_ABI") : "1");
	fake_put("variants", "%s", fake_variants);
	snprintf(path, sizeof(path), "%s/parameters", fake_root);
	f = fopen(path, "we");
	if (!f)
		return;
	fake_put_params(f);
	fclose(f);
	for (i = 0; i < NR_P; i++) {
		snprintf(path, sizeof(path), "config/%s", fake_params[i].name);
		fake_put(path, "leftover\n");
	}
	fake_put("control", "%s", "");
	fake_put("error", "%s", "");
	fake_put("state", "idle 0 - 0 0\n");
	fake_put("results/summary", "%s", "");
	fake_put("results/threads", "%s", "");
	fake_put("results/histogram", "%s", "");
}

static void write_state(const struct fake *k, const char *word)
{
	if (*fake_env("FAKE_STATE"))
		fake_put("state", "%s", fake_env("FAKE_STATE"));
	else
		fake_put("state", "%s %" PRIu64 " %s %" PRIu64 " %" PRIu64 "\n",
			 word, k->run, k->run ? k->values[P_lock] : "-",
			 k->over ? 0 : k->elapsed_ms,
			 k->over ? 0 : k->warmup_ms + k->duration_ms);
}

/* Let time pass until now. */
void fake_advance(struct fake *k)
{
	uint64_t total = k->warmup_ms + k->duration_ms;
	uint64_t elapsed = now_ms() - k->started_ms;

	if (!k->on) {
		if (*fake_env("FAKE_STATE"))
			write_state(k, "");
		return;
	}
	k->elapsed_ms = elapsed < total ? elapsed : total;
	if (elapsed < total && !k->stopped) {
		write_state(k, k->elapsed_ms < k->warmup_ms ? "warm" : "run");
		return;
	}
	k->on = false;
	/* The times in the file state are of a run that is on. */
	k->over = true;
	if (*fake_env("FAKE_FAIL")) {
		fake_put("error", "threads: no memory for the 4096th\n");
		write_state(k, "failed");
		return;
	}
	fake_publish(k);
	write_state(k, "done");
}

static void read_config(struct fake *k)
{
	char path[256];
	size_t i;

	for (i = 0; i < NR_P; i++) {
		snprintf(path, sizeof(path), "config/%s", fake_params[i].name);
		fake_get(path, k->values[i]);
	}
}

/* As start, but for the run; the values of the last one stay. */
static int do_check(const struct fake *k)
{
	struct fake wanted = *k;

	if (*fake_env("FAKE_CHECK_ERRNO"))
		return fake_refuse(atoi(fake_env("FAKE_CHECK_ERRNO")),
				   "control", "check",
				   "said the test, allowed: nothing");
	if (k->on)
		return fake_refuse(EBUSY, "control", "check", "a run is on");
	read_config(&wanted);
	return fake_check(&wanted, "check");
}

static int do_start(struct fake *k)
{
	int error;

	if (*fake_env("FAKE_START_ERRNO"))
		return fake_refuse(atoi(fake_env("FAKE_START_ERRNO")),
				   "control", "start",
				   "said the test, allowed: nothing");
	if (k->on)
		return fake_refuse(EBUSY, "control", "start", "a run is on");
	read_config(k);
	error = fake_check(k, "start");
	if (error)
		return error;
	k->run++;
	k->on = true;
	k->stopped = false;
	k->over = false;
	k->started_ms = now_ms();
	k->elapsed_ms = 0;
	k->warmup_ms = strtoull(k->values[P_warmup_ms], NULL, 10);
	k->duration_ms = strtoull(k->values[P_duration_ms], NULL, 10);
	write_state(k, "warm");
	return 0;
}

int fake_control(struct fake *k, const char *word)
{
	if (!strcmp(word, "start"))
		return do_start(k);
	if (!strcmp(word, "check"))
		return do_check(k);
	if (!strcmp(word, "stop")) {
		if (!k->on)
			return fake_refuse(ESRCH, "control", word,
					   "no run is on");
		k->stopped = true;
		return 0;
	}
	return fake_refuse(EINVAL, "control", word,
			   "start, stop, reset, bench or check");
}
