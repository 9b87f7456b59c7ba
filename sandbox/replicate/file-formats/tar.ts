const BLOCK = 512;

/** A tar archive (ustar) of one file. */
export function encodeTar(name: string, bytes: Uint8Array): Uint8Array {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number) => value.toString(8).padStart(length - 1, "0");
  header.write(name, 0);
  header.write(octal(0o644, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(bytes.length, 12), 124);
  header.write(octal(0, 12), 136);
  header.write("0", 156);
  header.write("ustar\x0000", 257, "latin1");
  // While the checksum is computed, its own field must contain spaces.
  header.fill(" ", 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 7)}\0 `, 148, "latin1");
  const filler = Buffer.alloc(-bytes.length & (BLOCK - 1));
  return Buffer.concat([header, bytes, filler, Buffer.alloc(2 * BLOCK)]);
}
