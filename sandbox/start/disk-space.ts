import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";

const MB = 2 ** 20;
/**
 * The bytes that must stay free. PGlite extends its write-ahead log by 16 MB at a time. If the disk has no room for these 16 MB,
 * PGlite stops working until the database is opened again.
 */
const RESERVE = 20 * MB;
/** The size of a new database (bytes). */
const DATABASE = 40 * MB;

/** Whether the disk of this folder has room for this many bytes and for `RESERVE`. */
export async function hasRoom(folder: string, bytes = 0): Promise<boolean> {
  return (await getFreeBytes(folder)) - bytes >= RESERVE;
}

/** Throws if the disk has too little room to start. A database that is created or opened on a full disk could be damaged. */
export async function requireRoom(folder: string, isNew = false): Promise<void> {
  const needed = RESERVE + (isNew ? DATABASE : 0);
  const free = await getFreeBytes(folder);
  if (free >= needed) return;
  const amount = `${Math.floor(free / MB)} MB are free, and ${needed / MB} MB are needed`;
  throw new Error(`The disk is full: ${amount}. Make room on the disk of ${folder}.`);
}

async function getFreeBytes(folder: string): Promise<number> {
  let existing = folder;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  const { bavail, bsize } = await statfs(existing);
  return bavail * bsize;
}
