// SPDX-License-Identifier: GPL-2.0
/*
 * The operations of a run are a function of its parameters, not of its lock:
 * what is compared is the waiting for the same things. The module proves for
 * each run that its threads did what the parameters say; here the runs are held
 * against each other. Pure.
 */
#include <string.h>

#include "digest.h"
#include "jpath.h"

/**
 * digest_odd_run() - Find a run that had other operations than those of its cell
 * @doc: the document
 *
 * Return: the run, borrowed from @doc; NULL if all runs of each cell agree, as
 * far as they say.
 */
struct json_object *digest_odd_run(struct json_object *doc)
{
	struct json_object *runs = jpath_array(doc, "runs");
	struct json_object *cells = json_object_new_object();
	struct json_object *odd = NULL;
	size_t i;

	for (i = 0; i < jpath_length(runs) && !odd; i++) {
		struct json_object *run = json_object_array_get_idx(runs, i);
		const char *cell = jpath_text_or(run, "cell", "0");
		const char *digest =
			jpath_text(run, "certificate.stream_digest");
		const char *first = jpath_text(cells, cell);

		if (!digest)
			continue;
		if (!first)
			json_object_object_add(cells, cell,
					       json_object_new_string(digest));
		else if (strcmp(first, digest) != 0)
			odd = run;
	}
	json_object_put(cells);
	return odd;
}
