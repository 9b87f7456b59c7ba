import { expect, test } from "vitest";
import { encodeWav } from "../../../../../sandbox/replicate/file-formats/wav.ts";
import { SDXL, poll, serve, small } from "../serve.ts";

const LLAMA = "meta/meta-llama-3-8b-instruct";
const GPT = "openai/gpt-4o-mini";
const MOONDREAM = "lucataco/moondream2:72ccb656353c348c1385df54b237eeb7bfa874bf11486cf0b9473e691b662d31";

type Served = Awaited<ReturnType<typeof serve>>;

const textOf = (output: unknown) => (Array.isArray(output) ? output.join("") : String(output));

async function ask({ replicate }: Served, model: `${string}/${string}`, input: object) {
  return textOf(await replicate.run(model, { input, ...poll }));
}

test("a language model keeps the text that it is asked about, and adds to it each time", async () => {
  const served = await serve();
  const once = await ask(served, GPT, { prompt: "a red fox", system_prompt: "Improve this prompt." });
  expect(once).toMatch(/^a red fox, .{20,}\.$/);
  const twice = await ask(served, GPT, { prompt: once, system_prompt: "Improve this prompt." });
  expect(twice.startsWith(`${once.slice(0, -1)}, `)).toBe(true);
  const added = twice.slice(once.length);
  expect(once).not.toContain(added.replace(/^[, ]+|\.$/g, ""));
  expect(await ask(served, GPT, { prompt: "a red fox" })).toBe(once);
});

test("tags separate the text from the instructions about it", async () => {
  const prompt = "Improve this prompt.\n\n<prompt>\na tall </prompt> ship\n</prompt>";
  expect(await ask(await serve(), LLAMA, { prompt })).toMatch(/^a tall <\/prompt> ship, /);
});

test("in a conversation, the last message is answered", async () => {
  const served = await serve();
  const messages = [
    { role: "user", content: "a red fox" },
    { role: "assistant", content: "Yes." },
    { role: "user", content: "a blue whale" },
  ];
  expect(await ask(served, GPT, { prompt: "ignored", messages })).toMatch(/^a blue whale, /);
  const prompt = 'The conversation so far:\n<message role="user">\na red fox\n</message>\n\na blue whale';
  expect(await ask(served, LLAMA, { prompt })).toMatch(/^a blue whale, /);
});

test("a model that looks at an image says what it was drawn from, as long as that is known", async () => {
  const served = await serve();
  const input = { ...small, prompt: "a green heron [untyped] in reeds" };
  const [image] = (await served.replicate.run(`stability-ai/sdxl:${SDXL}`, { input, ...poll })) as string[];
  expect(await ask(served, GPT, { prompt: "What is this?", image_input: [image] })).toMatch(
    /^a green heron in reeds, /,
  );
  expect(await ask(served, MOONDREAM, { image })).toBe("The image shows a green heron in reeds");
  const file = `data:image/png;base64,${Buffer.from("not drawn here").toString("base64")}`;
  expect(await ask(served, MOONDREAM, { image: file })).toMatch(/^The image shows (a|two) /);
});

test.each([
  ["openai", "whisper", "transcription"],
  ["vaibhavs10", "incredibly-fast-whisper", "text"],
])(
  "a transcript of %s/%s has the words of the recording, and is longer for a longer one",
  async (owner, name, part) => {
    const served = await serve();
    const { results } = await served.replicate.models.versions.list(owner, name);
    async function hear(recording: Uint8Array) {
      const audio = `data:audio/wav;base64,${Buffer.from(recording).toString("base64")}`;
      const output: unknown = await served.replicate.run(`${owner}/${name}:${results[0]?.id}`, {
        input: { audio },
        ...poll,
      });
      return (output as Record<string, string>)[part] ?? "none";
    }
    expect(await hear(encodeWav(1, 1, "A boat at dawn"))).toBe(" A boat at dawn");
    const short = await hear(encodeWav(3, 1));
    expect(await hear(encodeWav(9, 1))).toBe(short.repeat(3));
    expect(await hear(encodeWav(3, 1).fill(0, 44))).toBe("");
  },
);

test("a stream that breaks off continues after the last event id", async () => {
  const { replicate, faults } = await serve();
  await faults({ match: "one two", stream: { cut: 2, count: 1 } });
  const { urls } = await replicate.predictions.create({
    model: LLAMA,
    input: { prompt: "one two three", max_tokens: 3 },
  });
  let text = "";
  const reader = (await fetch(String(urls.stream))).body?.pipeThrough(new TextDecoderStream());
  const read = async () => {
    for await (const part of reader ?? []) text += part;
  };
  await expect(read()).rejects.toThrow();
  const last = [...text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? "";
  // The last event before the cut may not arrive.
  const before = text.match(/^data: .*/gm) ?? [];
  expect(before).not.toContain("data:  three,");
  const rest = await (await fetch(String(urls.stream), { headers: { "last-event-id": last } })).text();
  expect([...before, ...(rest.match(/^data: .*/gm) ?? [])]).toEqual([
    "data: one",
    "data:  two",
    "data:  three,",
    "data: {}",
  ]);
});

test("a stream can be impossible to open", async () => {
  const { replicate, faults } = await serve();
  await faults({ stream: { status: 503 } });
  const { urls } = await replicate.predictions.create({ model: LLAMA, input: { prompt: "one" } });
  expect((await fetch(String(urls.stream))).status).toBe(503);
});
