/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dbgfs.h - the files under debugfs; created last, removed first
 */
#ifndef _TB_DBGFS_H
#define _TB_DBGFS_H

int tb_dbgfs_init(void);
void tb_dbgfs_exit(void);

#endif /* _TB_DBGFS_H */
