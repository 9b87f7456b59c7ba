import { damaged, type Format, factsOf, Reader, readAt, signatureOf } from "./format";

/** A GLB (glTF 2.0, section 4.4) has a header with the length of the file, then chunks. The first chunk is JSON. */
export const glb: Format = {
  signatures: [signatureOf("glTF")],

  async inspect({ blob }) {
    const reader = new Reader(await readAt(blob, 0, 20));
    reader.skip(8);
    const length = reader.uint32("little");
    const first = reader.uint32("little");
    if (length > blob.size || 20 + first > length) damaged("it ends too early");
    if (reader.tag() !== "JSON") damaged("it has no description");
    return factsOf("model/gltf-binary", "glb");
  },
};
