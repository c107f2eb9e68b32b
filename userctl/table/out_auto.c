// SPDX-License-Identifier: GPL-2.0
/* How -n auto came to its end. */
#include <string.h>

#include "base/json.h"
#include "base/units.h"
#include "out.h"

/**
 * out_auto() - Print why there were so many rounds, and what they achieved
 * @f: stream to print on
 * @doc: finished document
 */
void out_auto(FILE *f, struct json_object *doc)
{
	const char *word = json_text_or(doc, "plan.auto.ended_by", "");
	double rounds = 0, precision = 0, time = 0, reached;
	bool any = json_number(doc, "plan.auto.reached", &reached);
	char text[UNITS_MAX], half[UNITS_MAX];

	json_number(doc, "plan.auto.rounds", &rounds);
	json_number(doc, "plan.auto.precision", &precision);
	json_number(doc, "plan.auto.max_time_s", &time);
	/* Nothing was waited for. */
	if (!strcmp(word, "precision") && !any) {
		fprintf(f,
			"ended after %.0f rounds: no lock has a good run, so there is no interval\n",
			rounds);
		return;
	}
	if (!strcmp(word, "precision"))
		fprintf(f, "ended after %.0f rounds: every interval is precise",
			rounds);
	else if (!strcmp(word, "max_time"))
		fprintf(f,
			"ended after %.0f rounds: another would go beyond --max-time %.0fs",
			rounds, time);
	else if (!strcmp(word, "max_rounds"))
		fprintf(f, "ended after %.0f rounds: --max-rounds", rounds);
	else
		return;
	units_percent(text, precision);
	if (any)
		fprintf(f, "; the widest is +-%s, asked for was %s\n",
			units_percent(half, reached), text);
	else
		fprintf(f, "; not all have one, asked for was +-%s\n", text);
}
