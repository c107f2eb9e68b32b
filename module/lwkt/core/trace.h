/* SPDX-License-Identifier: GPL-2.0 */
/*
 * trace.h - trace events tokbench:*, for perf and trace-cmd
 *
 * A leaf: the LWKT port and the benchmark both use it. An event that is off
 * costs a jump over nothing.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM tokbench

#if !defined(_TB_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _TB_TRACE_H

#include <linux/tracepoint.h>

#include "lwkt/sched.h"

/* The LWKT scheduler gave the CPU from one thread to another (or the same). */
TRACE_EVENT(tokbench_switch,
	TP_PROTO(const struct lwkt_thread *prev, const struct lwkt_thread *next,
		 bool contended),
	TP_ARGS(prev, next, contended),
	TP_STRUCT__entry(
		__field(pid_t, prev_pid)
		__field(pid_t, next_pid)
		__field(bool, next_idle)
		__field(bool, contended)
	),
	TP_fast_assign(
		__entry->prev_pid = prev->td_task->pid;
		__entry->next_pid = next->td_task->pid;
		__entry->next_idle = next->td_flags & TDF_IDLE;
		__entry->contended = contended;
	),
	TP_printk("prev_pid=%d next_pid=%d next_idle=%d contended=%d",
		  __entry->prev_pid, __entry->next_pid, __entry->next_idle,
		  __entry->contended)
);

/* A try for tokens failed: whose, on which reference, owned by whom. */
TRACE_EVENT(tokbench_token_fail,
	TP_PROTO(const struct lwkt_thread *td, const char *token,
		 unsigned int index, pid_t owner_pid, bool tentative),
	TP_ARGS(td, token, index, owner_pid, tentative),
	TP_STRUCT__entry(
		__field(pid_t, pid)
		__field(pid_t, owner_pid)
		__field(unsigned int, index)
		__field(bool, tentative)
		__array(char, token, 16)
	),
	TP_fast_assign(
		__entry->pid = td->td_task->pid;
		__entry->owner_pid = owner_pid;
		__entry->index = index;
		__entry->tentative = tentative;
		strscpy(__entry->token, token, sizeof(__entry->token));
	),
	TP_printk("pid=%d token=%s index=%u owner_pid=%d tentative=%d",
		  __entry->pid, __entry->token, __entry->index,
		  __entry->owner_pid, __entry->tentative)
);

/* A run went into another phase: 0 armed, 1 warm, 2 run, 3 cool. */
TRACE_EVENT(tokbench_phase,
	TP_PROTO(u32 run, unsigned int phase),
	TP_ARGS(run, phase),
	TP_STRUCT__entry(
		__field(u32, run)
		__field(unsigned int, phase)
	),
	TP_fast_assign(
		__entry->run = run;
		__entry->phase = phase;
	),
	TP_printk("run=%u phase=%u", __entry->run, __entry->phase)
);

#endif /* _TB_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
