// SPDX-License-Identifier: GPL-2.0
/*
 * Interrupts: the first SIGINT, SIGTERM or SIGHUP asks the run loop to stop
 * the kernel's run and to print what there is; the second ends the program at
 * once, for the case that the first got no answer.
 */
#include <stddef.h>
#include <unistd.h>

#include "intr.h"
#include "status.h"

static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

#define NR_SIGNALS (sizeof(signals) / sizeof(signals[0]))

static volatile sig_atomic_t pending;

static void on_signal(int sig)
{
	(void)sig;
	if (pending)
		_exit(ST_BAD);
	pending = 1;
}

/**
 * intr_install() - Catch the signals from here on
 *
 * A signal that was ignored when the program started stays ignored: this is
 * how nohup and the shell's background jobs ask to be left alone.
 */
void intr_install(void)
{
	struct sigaction sa = { .sa_handler = on_signal };
	struct sigaction old;
	size_t i;

	sigemptyset(&sa.sa_mask);
	for (i = 0; i < NR_SIGNALS; i++) {
		sigaction(signals[i], NULL, &old);
		if (old.sa_handler != SIG_IGN)
			sigaction(signals[i], &sa, NULL);
	}
}

/**
 * intr_pending() - Was one of the signals caught?
 */
bool intr_pending(void)
{
	return pending;
}

/**
 * intr_block() - Hold the signals back
 * @before: receives the mask to wait with (ppoll) and to restore
 *
 * Between a look at intr_pending() and a wait, a signal would otherwise be
 * noticed only when the wait is over.
 */
void intr_block(sigset_t *before)
{
	sigset_t set;
	size_t i;

	sigemptyset(&set);
	for (i = 0; i < NR_SIGNALS; i++)
		sigaddset(&set, signals[i]);
	sigprocmask(SIG_BLOCK, &set, before);
}

/**
 * intr_restore() - Undo intr_block()
 * @before: mask that intr_block() filled
 */
void intr_restore(const sigset_t *before)
{
	sigprocmask(SIG_SETMASK, before, NULL);
}
