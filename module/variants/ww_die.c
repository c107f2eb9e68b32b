// SPDX-License-Identifier: GPL-2.0
/*
 * ww_die.c - ww_mutex, wait-die: the younger acquisition gives way at once
 */
#define SYMBOL ww_die
#define NAME "ww-die"
#define DOC "ww_mutex, any order: a younger acquisition gives way at once"
#define WW_CLASS DEFINE_WD_CLASS

#include "ww_variant.h"
