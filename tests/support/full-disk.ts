import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

// The local Supabase loads this file before anything else (NODE_OPTIONS=--import). FULL_DISK is the path of a file. While that
// file exists, the disk of the local Supabase seems to be full: files cannot grow. As on a real full disk, the bytes of a file
// can still be overwritten.

const flag = process.env.FULL_DISK ?? "";
const isService = /[\\/]sandbox[\\/](start|supabase)\b/.test(process.argv[1] ?? "");
const isFull = () => isService && fs.existsSync(flag);
const noSpace = () =>
  Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", errno: -28 });

const statfs = fs.promises.statfs.bind(fs.promises);
fs.promises.statfs = (async (path: string) => {
  const disk = await statfs(path);
  return isFull() ? Object.assign(disk, { bavail: 0 }) : disk;
}) as typeof fs.promises.statfs;

const writeSync = fs.writeSync.bind(fs) as (fd: number, ...rest: unknown[]) => number;
fs.writeSync = ((fd: number, data: unknown, offset?: number, length?: number, position?: number | null) => {
  if (isFull()) {
    const { size } = fs.fstatSync(fd);
    const isInside = typeof position === "number" && typeof length === "number" && position + length <= size;
    if (!isInside) throw noSpace();
  }
  return writeSync(fd, data, offset, length, position);
}) as typeof fs.writeSync;

const writeFile = fs.promises.writeFile.bind(fs.promises);
fs.promises.writeFile = ((...args: Parameters<typeof writeFile>) =>
  isFull() ? Promise.reject(noSpace()) : writeFile(...args)) as typeof writeFile;

syncBuiltinESMExports();
