/** Returns a safetensors file with one tensor of zeros. The output of a training has its weights in such a file. */
export function encodeSafetensors(): Uint8Array {
  const tensor = { dtype: "F32", shape: [4, 4], data_offsets: [0, 64] };
  const header = Buffer.from(JSON.stringify({ "lora.down.weight": tensor }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, Buffer.alloc(64)]);
}
