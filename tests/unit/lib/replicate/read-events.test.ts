import { expect, test } from "vitest";
import { readEvents, type ServerEvent, writeEvent } from "@/lib/replicate/read-events";

const stream =
  'event: output\nid: 1:0\ndata: Hé\n\n: comment\n\nevent: output\r\nid: 1:1\r\ndata:  two\r\ndata:\r\ndata: lines\r\n\r\ndata: {"a":1}\n\nevent: done\ndata: {}\n\nevent: output\ndata: not whole\n';
const events = [
  { event: "output", id: "1:0", data: "Hé" },
  { event: "output", id: "1:1", data: " two\n\nlines" },
  { event: "message", id: undefined, data: '{"a":1}' },
  { event: "done", id: undefined, data: "{}" },
];

async function read(chunks: Iterable<Uint8Array<ArrayBuffer>>) {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  return collect(body);
}

async function collect(body: ReadableStream<Uint8Array>) {
  const found: ServerEvent[] = [];
  for await (const event of readEvents(body)) found.push(event);
  return found;
}

test.each([1, 2, 3, 7, 1000])("events are read from chunks of %i bytes", async (size) => {
  const bytes = new TextEncoder().encode(stream);
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.slice(index * size, (index + 1) * size),
  );
  expect(await read(chunks)).toEqual(events);
});

test("what is written is what was read", async () => {
  const written = events.map((event) => new TextEncoder().encode(writeEvent(event)));
  expect(await read(written)).toEqual(events);
});

test("a lost connection is an error", async () => {
  const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(new Error("lost")) });
  await expect(collect(body)).rejects.toThrow("lost");
});
