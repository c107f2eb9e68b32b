// SPDX-License-Identifier: GPL-2.0
/*
 * ww_wound.c - ww_mutex, wound-wait: the older acquisition takes precedence
 */
#define SYMBOL ww_wound
#define NAME "ww-wound"
#define DOC \
	"ww_mutex, any order: an older acquisition makes a younger one give way"
#define WW_CLASS DEFINE_WW_CLASS

#include "ww_variant.h"
