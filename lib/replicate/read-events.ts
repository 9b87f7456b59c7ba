import "server-only";

/** A server-sent event. To continue after this event, a client sends its `id` in the header `Last-Event-ID`. */
export type ServerEvent = { event: string; id?: string | undefined; data: string };

/** Yields the server-sent events of a stream until the stream ends. Throws if the connection is lost. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent, void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    const text = rest + decoder.decode(chunk, { stream: true });
    // A line break may be a carriage return and a line feed. If the text ends with a carriage return, the line feed may follow in
    // the next chunk. So this last character is kept for later.
    const end = text.endsWith("\r") ? -1 : text.length;
    const blocks = text.slice(0, end).replaceAll(/\r\n?/g, "\n").split("\n\n");
    rest = (blocks.pop() ?? "") + text.slice(end);
    yield* blocks.flatMap(parseEvent);
  }
}

/**
 * Returns a list with the event in a block of lines. Returns an empty list if the block has no data, for example because it is a
 * comment.
 */
function parseEvent(block: string): ServerEvent[] {
  const lines = block.split("\n");
  const valuesOf = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ""));
  const data = valuesOf("data");
  return data.length === 0
    ? []
    : [{ event: valuesOf("event").at(-1) ?? "message", id: valuesOf("id").at(-1), data: data.join("\n") }];
}

/** Returns the event in the text format of server-sent events. */
export function writeEvent({ event, id, data }: ServerEvent): string {
  const lines = data.split(/\r\n?|\n/).map((line) => `data: ${line}\n`);
  return `event: ${event}\n${id === undefined ? "" : `id: ${id}\n`}${lines.join("")}\n`;
}
