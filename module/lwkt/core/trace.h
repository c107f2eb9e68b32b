/* SPDX-License-Identifier: GPL-2.0 */
/*
 * trace.h - trace events tokbench:* of the LWKT port, for perf and trace-cmd
 *
 * An event that is off costs a jump over nothing.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM tokbench

#if !defined(_LWKT_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _LWKT_TRACE_H

#include <linux/tracepoint.h>

#include "sched.h"

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

/* A try for tokens failed: of which thread, on which reference, owned by which. */
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

#endif /* _LWKT_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH lwkt/core
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
