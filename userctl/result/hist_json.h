/* SPDX-License-Identifier: GPL-2.0 */
/* Histograms of a document. */
#ifndef _HIST_JSON_H
#define _HIST_JSON_H

#include <json-c/json.h>
#include <stdbool.h>

#include "stats/hist.h"

bool hist_add_json(struct hist *h, struct json_object *buckets);

#endif /* _HIST_JSON_H */
