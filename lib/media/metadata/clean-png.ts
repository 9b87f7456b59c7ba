import { PNG_SIGNATURE, Reader } from "@/lib/media/formats/format";
import { type CleanImage, joinParts } from "./join-parts";
import { readOrientation } from "./orientation";

/** The chunks that change what is shown. All others are metadata: texts, times, Exif, private chunks. */
const SHOWN = new Set(
  "IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split(" "),
);

/** Returns the PNG up to its last chunk (IEND), without the chunks that do not change what is shown. */
export function cleanPng(bytes: Uint8Array): CleanImage {
  const reader = new Reader(bytes, PNG_SIGNATURE.length);
  const parts = [bytes.subarray(0, PNG_SIGNATURE.length)];
  let orientation = 1;
  let isAnimated = false;
  for (let tag = ""; tag !== "IEND";) {
    const start = reader.offset;
    const length = reader.uint32("big");
    tag = reader.tag();
    const content = reader.take(length);
    reader.skip(4);
    if (tag === "acTL") isAnimated = true;
    if (tag === "eXIf") orientation = readOrientation(content);
    if (SHOWN.has(tag)) parts.push(bytes.subarray(start, reader.offset));
  }
  return { bytes: joinParts(parts), orientation, isAnimated };
}
