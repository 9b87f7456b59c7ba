const ascii = (text: string) => Buffer.from(text, "latin1");
const hex = (text: string) => Buffer.from(text, "hex");
const repeat = (bytes: Buffer, times: number) => Buffer.alloc(bytes.length * times, bytes);

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function box(type: string, ...content: Buffer[]): Buffer {
  const bytes = Buffer.concat(content);
  return Buffer.concat([uint32(bytes.length + 8), ascii(type), bytes]);
}

const ftyp = box("ftyp", ascii("isom\0\0\x02\0isomavc1"));
const createTrack = (...more: Buffer[]) =>
  box(
    "trak",
    box("tkhd", Buffer.alloc(84)),
    box("mdia", box("hdlr", ascii("\0\0\0\0\0\0\0\0soun"), Buffer.alloc(12)), ...more),
  );

/** Returns files that would cost a parser much time or memory, if it trusted the numbers in them or read all of their parts. */
export function createCostlyFiles(): Record<string, Buffer> {
  const most = uint32(0xffffffff);
  const table = (...entries: Buffer[]) => Buffer.concat([uint32(0), ...entries]);
  const samples = box(
    "stbl",
    box("stts", table(uint32(1), most, uint32(1))),
    box("ctts", table(uint32(1), most, uint32(1))),
    box("stsz", table(uint32(4), most)),
  );
  return {
    "MP4 of four billion samples": Buffer.concat([ftyp, box("moov", createTrack(samples)), box("mdat")]),
    "MP4 of a million boxes": Buffer.concat([ftyp, repeat(box("free"), 1_000_000)]),
    "MP4 of many tracks": Buffer.concat([ftyp, box("moov", repeat(createTrack(), 19_000)), box("mdat")]),
    "MP4 of many boxes in each track": Buffer.concat([
      ftyp,
      box("moov", repeat(box("trak", repeat(box("free"), 19_000)), 16)),
      box("mdat"),
    ]),
    "WebM of millions of elements": Buffer.concat([
      hex("1a45dfa387428284"),
      ascii("webm"),
      hex("18538067ff"),
      repeat(hex("ec80"), 2_000_000),
    ]),
    "Ogg of nothing but beginnings": repeat(ascii("OggS"), 1_000_000),
    "FLAC of a million blocks": Buffer.concat([ascii("fLaC"), repeat(hex("01000000"), 1_000_000)]),
    "WAV of many chunks": Buffer.concat([ascii("RIFF\0\0\0\0WAVE"), repeat(ascii("junk\0\0\0\0"), 500_000)]),
    "ZIP of nothing but ends": Buffer.concat([ascii("PK\x03\x04"), repeat(ascii("PK\x05\x06"), 1_000_000)]),
    "GIF of a million blocks": Buffer.concat([ascii("GIF89a"), Buffer.alloc(7), repeat(hex("210000"), 1_000_000)]),
    "SVG of a million elements": Buffer.concat([ascii("<svg>"), repeat(ascii("<a/>"), 1_000_000), ascii("</svg>")]),
    "SVG of elements within each other": Buffer.concat([ascii("<svg>"), repeat(ascii("<a>"), 1_000_000)]),
    "SVG of unknown entities": Buffer.concat([ascii("<svg>"), repeat(ascii("&a;"), 1_000_000)]),
    "SVG of many entities": ascii(
      `<!DOCTYPE svg [${Array.from({ length: 100_000 }, (_, index) => `<!ENTITY a${index} "">`).join("")}]><svg/>`,
    ),
    "a comment of 5 MB": Buffer.concat([ascii("<!--"), Buffer.alloc(5_000_000, "x")]),
    "JSON of open lists": Buffer.concat([ascii("{"), Buffer.alloc(5_000_000, "[")]),
  };
}
