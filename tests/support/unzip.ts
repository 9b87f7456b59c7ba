import { BlobReader, configure, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";

configure({ useWebWorkers: false });

/** Reads the files of a ZIP archive with the library zip.js, which also compares the checksums of the files. */
export async function unzip(archive: Uint8Array) {
  const entries = await new ZipReader(new BlobReader(new Blob([new Uint8Array(archive)]))).getEntries();
  return Promise.all(
    entries.map(async (entry) => {
      if (entry.directory) throw new Error(`${entry.filename} is a folder.`);
      const bytes = Buffer.from(await entry.getData(new Uint8ArrayWriter(), { checkCrc32: true }));
      return { name: entry.filename, createdAt: entry.lastModDate, bytes };
    }),
  );
}
