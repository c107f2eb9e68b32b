// SPDX-License-Identifier: GPL-2.0
/*
 * The operations of a run are a function of its parameters, not of its lock:
 * what is compared is the waiting for the same things. The module proves for
 * each run that its threads did what the parameters say; here the runs are held
 * against each other. Pure.
 */
#include <string.h>

#include "alike.h"
#include "base/json.h"
#include "digest.h"

/**
 * digest_odd_run() - Find a run that had other operations than those of its cell
 * @doc: the document
 *
 * An INVALID run, or one of other parameters (CPUs, for instance), is known to
 * be wrong and says nothing about the operations.
 *
 * Return: the run, borrowed from @doc; NULL if all runs of each cell agree, as
 * far as they say.
 */
struct json_object *digest_odd_run(struct json_object *doc)
{
	static const char key[] = "certificate.stream_digest";
	struct json_object *firsts = alike_firsts(doc, key);
	struct json_object *run, *first, *odd = NULL;
	struct alike_difference d;
	size_t i;

	json_for_each(i, run, json_array(doc, "runs")) {
		const char *digest = json_text(run, key);

		if (digest && !alike_is_invalid(run) &&
		    json_object_object_get_ex(firsts,
					      json_text_or(run, "cell", "0"),
					      &first) &&
		    alike_runs(first, run, &d) &&
		    !json_is(first, key, digest)) {
			odd = run;
			break;
		}
	}
	json_object_put(firsts);
	return odd;
}
