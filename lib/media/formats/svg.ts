import { SaxesParser } from "saxes";
import { UnavailableFile, UnsupportedFile } from "@/lib/media/file-errors";
import { damaged, type FileFacts, factsOf } from "./format";

const MAX_BYTES = 5_000_000;
/** Elements may be nested up to this depth, because each open element takes memory. */
const MAX_DEPTH = 1000;

/**
 * Returns the facts of an SVG: a complete XML document with the root `svg`. Returns null if the text is something else. Throws
 * `UnavailableFile` if the SVG is incomplete or damaged, and `UnsupportedFile` if it has more than 5 MB. An SVG may contain
 * scripts: the content security policy with which we serve the file blocks them.
 */
export async function inspectSvg(blob: Blob): Promise<FileFacts | null> {
  let facts: FileFacts | null = null;
  let depth = 0;
  const parser = new SaxesParser();
  // A document may define entities, and the parser rejects all entities that it does not know. So the parser gets each entity of
  // the document, but with the entity's name as its value, because the real value could be very long.
  parser.on("doctype", (text) => {
    for (const [, name = ""] of text.matchAll(/<!ENTITY\s+([\w.-]+)/g)) parser.ENTITIES[name] = name;
  });
  parser.on("opentag", ({ name, attributes: { width, height, viewBox } }) => {
    depth += 1;
    if (depth > MAX_DEPTH) damaged("its elements are nested too deep");
    // The name may have a prefix for the namespace of SVG.
    if (!facts && !/^([\w.-]+:)?svg$/.test(name)) damaged("it is not an SVG");
    facts ??= factsOf("image/svg+xml", "svg", sizeOf(width, height, viewBox));
  });
  parser.on("closetag", () => (depth -= 1));
  parser.on("error", ({ message }) => damaged(message));

  try {
    const decoder = new TextDecoder();
    for await (const chunk of blob.slice(0, MAX_BYTES).stream()) parser.write(decoder.decode(chunk, { stream: true }));
    if (blob.size <= MAX_BYTES) parser.close();
  } catch (error) {
    if (error instanceof UnavailableFile && !facts) return null;
    throw error;
  }
  if (facts && blob.size > MAX_BYTES) throw new UnsupportedFile("too_large", "The SVG is larger than 5 MB.");
  return facts;
}

/** Returns the width and the height in px. If one of them is missing or not in px, returns the size of the view box. */
function sizeOf(width = "", height = "", viewBox = ""): Partial<FileFacts> {
  const sides = [width, height].map((text) => Number(/^\s*(\d*\.?\d+)(?:px)?\s*$/.exec(text)?.[1]));
  const box = viewBox.trim().split(/[\s,]+/);
  const found = sides.every((side) => side > 0) ? sides : box.slice(2, 4).map(Number);
  if (found.length < 2 || !found.every((side) => side > 0 && side < 2 ** 31)) return {};
  const [across = 1, down = 1] = found.map((side) => Math.max(1, Math.round(side)));
  return { width: across, height: down };
}
