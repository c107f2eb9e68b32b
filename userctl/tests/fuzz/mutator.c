// SPDX-License-Identifier: GPL-2.0
/* What libFuzzer asks for another input: JSON is changed as JSON, mostly. */
#include "target.h"

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
			       unsigned int seed)
{
	size_t times = 1 + seed / 8 % 3;
	size_t len = 0;

	if (target_find()->json && seed % 8) {
		while (times--) {
			len = mutate_json(data, size, max,
					  seed++ * 2654435761U);
			if (!len)
				break;
			size = len;
		}
	}
	return len ? len : LLVMFuzzerMutate(data, size, max);
}
