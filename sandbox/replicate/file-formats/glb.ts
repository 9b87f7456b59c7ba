/**
 * The corners of an octahedron, and its faces. Each face is a triangle: three indices of corners, counterclockwise as seen from
 * outside.
 */
const CORNERS = [
  [0, 1, 0],
  [1, 0, 0],
  [0, 0, 1],
  [-1, 0, 0],
  [0, 0, -1],
  [0, -1, 0],
] as const;
const FACES = [0, 2, 1, 0, 3, 2, 0, 4, 3, 0, 1, 4, 5, 1, 2, 5, 2, 3, 5, 3, 4, 5, 4, 1];

function chunk(type: "JSON" | "BIN\0", content: Buffer): Buffer {
  // The length of a chunk must be a multiple of four bytes. So spaces are added to JSON, and zeros to binary data.
  const filler = Buffer.alloc(-content.length & 3, type === "JSON" ? " " : 0);
  const header = Buffer.alloc(8);
  header.writeUInt32LE(content.length + filler.length, 0);
  header.write(type, 4, "latin1");
  return Buffer.concat([header, content, filler]);
}

/** Returns a binary glTF 2.0 file of an octahedron in one colour. Red, green and blue are 0..1. */
export function encodeGlb([red, green, blue]: readonly [number, number, number]): Uint8Array {
  const points = Buffer.from(Float32Array.from(CORNERS.flat()).buffer);
  const faces = Buffer.from(Uint16Array.from(FACES).buffer);
  const document = {
    asset: { version: "2.0", generator: "Darkroom sandbox" },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0, name: "Octahedron" }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 }, indices: 1, material: 0 }] }],
    materials: [{ pbrMetallicRoughness: { baseColorFactor: [red, green, blue, 1], metallicFactor: 0.1 } }],
    accessors: [
      { bufferView: 0, componentType: 5126, count: CORNERS.length, type: "VEC3", min: [-1, -1, -1], max: [1, 1, 1] },
      { bufferView: 1, componentType: 5123, count: FACES.length, type: "SCALAR" },
    ],
    bufferViews: [
      { buffer: 0, byteOffset: 0, byteLength: points.length, target: 34962 },
      { buffer: 0, byteOffset: points.length, byteLength: faces.length, target: 34963 },
    ],
    buffers: [{ byteLength: points.length + faces.length }],
  };
  const body = [chunk("JSON", Buffer.from(JSON.stringify(document))), chunk("BIN\0", Buffer.concat([points, faces]))];
  const header = Buffer.from("glTF\x02\0\0\0\0\0\0\0", "latin1");
  header.writeUInt32LE(12 + body.reduce((sum, part) => sum + part.length, 0), 8);
  return Buffer.concat([header, ...body]);
}

/** An ASCII PLY file with the corners of the octahedron as points. */
export function encodePly(): Uint8Array {
  const properties = ["x", "y", "z"].map((axis) => `property float ${axis}\n`).join("");
  const points = CORNERS.map((corner) => `${corner.join(" ")}\n`).join("");
  return Buffer.from(`ply\nformat ascii 1.0\nelement vertex ${CORNERS.length}\n${properties}end_header\n${points}`);
}
