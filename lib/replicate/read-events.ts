import "server-only";

/** A server-sent event. `id` is what `Last-Event-ID` continues after. */
export type ServerEvent = { event: string; id?: string | undefined; data: string };

/** Reads server-sent events until the stream ends. Throws if the connection is lost. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent, void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    const text = rest + decoder.decode(chunk, { stream: true });
    // The line feed of the last line break may be in the next chunk.
    const end = text.endsWith("\r") ? -1 : text.length;
    const blocks = text.slice(0, end).replaceAll(/\r\n?/g, "\n").split("\n\n");
    rest = (blocks.pop() ?? "") + text.slice(end);
    yield* blocks.flatMap(parseEvent);
  }
}

/** A block without data, such as a comment, is no event. */
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
