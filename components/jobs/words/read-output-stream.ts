/**
 * Reads the text that a running prediction generates. Calls `onPiece` with each piece, and `onEnd` when the stream has ended. If
 * the connection is lost, the browser opens a new one. Returns a function that stops reading and calls `onEnd`.
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
    // `CLOSED` means that the browser does not connect again: the server has no stream, or the stream has ended.
    if (source.readyState === source.CLOSED) end();
  });
  return end;
}
