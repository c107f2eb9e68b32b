/* SPDX-License-Identifier: GPL-2.0 */
/* The door to the module. */
#ifndef _DBGFS_H
#define _DBGFS_H

#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "uapi/tokbench.h"

/* Name of the environment variable that replaces /sys/kernel/debug. */
#define DBGFS_ENV "TOKBENCH_DEBUGFS"

enum dbgfs_state_word {
#define X(word) DBGFS_##word,
	TB_STATES(X)
#undef X
};

/**
 * struct dbgfs_state - The file state
 * @word: where the run is
 * @run: number of the run that is on or was last; 0: none yet
 * @lock: its lock, or "-"
 * @elapsed_ms: of @total_ms
 * @total_ms: warm-up and measured window
 */
struct dbgfs_state {
	enum dbgfs_state_word word;
	uint64_t run;
	char lock[64];
	uint64_t elapsed_ms;
	uint64_t total_ms;
};

/**
 * struct dbgfs - An open module
 * @path: its directory, for messages
 * @version: version of the module
 * @dir: descriptor of the directory
 * @state: descriptor of the file state; kept open, poll(2) needs that
 * @owner: descriptor of the file control while this process holds its lock
 */
struct dbgfs {
	char path[PATH_MAX];
	char version[64];
	int dir;
	int state;
	int owner;
};

int dbgfs_open(struct dbgfs *d);
void dbgfs_close(struct dbgfs *d);
int dbgfs_own(struct dbgfs *d);
int dbgfs_read(const struct dbgfs *d, const char *name, char **text);
int dbgfs_write(const struct dbgfs *d, const char *name, const char *value);
char *dbgfs_why(const struct dbgfs *d);
int dbgfs_refused(const struct dbgfs *d, const char *name, const char *value,
		  int error);
int dbgfs_state(const struct dbgfs *d, struct dbgfs_state *st);
void dbgfs_wait(const struct dbgfs *d, int timeout_ms, const sigset_t *mask);
bool dbgfs_is_on(const struct dbgfs_state *st);
const char *dbgfs_state_name(const struct dbgfs_state *st);

#endif /* _DBGFS_H */
