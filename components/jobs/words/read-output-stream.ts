/**
 * Reads the text that a running prediction generates. Calls `onPiece` with each piece, and `onEnd` when no more comes. If the
 * connection is lost, the browser opens a new one. Returns a function that ends reading.
 */
export function readOutputStream(id: string, onPiece: (piece: string) => void, onEnd = () => {}): () => void {
  const source = new EventSource(`/api/replicate/${id}/stream`);
  function end() {
    source.close();
    onEnd();
  }
  source.addEventListener("output", ({ data }: MessageEvent<string>) => onPiece(data));
  source.addEventListener("done", end);
  source.addEventListener("error", () => {
    // The server has no stream (any more).
    if (source.readyState === source.CLOSED) end();
  });
  return end;
}
