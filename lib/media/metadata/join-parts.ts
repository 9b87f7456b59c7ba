/** An image whose metadata was removed. */
export type CleanImage = {
  bytes: Uint8Array<ArrayBuffer>;
  /**
   * The orientation in the metadata that was removed: how the pixels must be turned or mirrored (see `readOrientation`). 1 if the
   * pixels are upright.
   */
  orientation: number;
  isAnimated: boolean;
};

export function joinParts(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Whether the bytes at an offset are this text. */
export function hasText(bytes: Uint8Array, offset: number, text: string): boolean {
  return Array.from(text).every((letter, index) => bytes[offset + index] === letter.charCodeAt(0));
}
