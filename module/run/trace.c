// SPDX-License-Identifier: GPL-2.0
/*
 * trace.c - the one place where the trace events of trace.h in this room are made
 */
#include <linux/module.h>

#define CREATE_TRACE_POINTS
#include "trace.h"
