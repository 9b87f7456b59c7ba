import { useEffect, useState } from "react";

/**
 * Returns the text that a running prediction has generated so far. Null before the first word, and if there is no stream. Without
 * a stream, the output of the prediction grows with each poll. If the connection is lost, the browser opens a new one.
 */
export function useOutputStream(id: string, isRunning: boolean): string | null {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    if (!isRunning) return;
    const source = new EventSource(`/api/replicate/${id}/stream`);
    source.addEventListener("output", ({ data }: MessageEvent<string>) => setText((known) => (known ?? "") + data));
    const close = () => source.close();
    source.addEventListener("done", close);
    return close;
  }, [id, isRunning]);
  return text;
}
