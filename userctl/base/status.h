/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Exit statuses of tokctl; functions that can end the program return them.
 * Documented in tokctl(8): scripts depend on the numbers.
 */
#ifndef _STATUS_H
#define _STATUS_H

enum status {
	ST_OK = 0,
	ST_BAD =
		1, /* a run was invalid, failed, interrupted or refused as busy */
	ST_USAGE = 2, /* the command line, or a value in it, cannot be used */
	ST_NOMODULE = 3, /* the module or the privileges are missing */
};

#endif /* _STATUS_H */
