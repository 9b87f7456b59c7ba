import { readFileSync } from "node:fs";
import Replicate from "replicate";
import { expect, onTestFinished, test } from "vitest";
import { findFreePort } from "../../sandbox/start/ports";
import { createApi, setFaults } from "../support/api";
import { startFileServer } from "../support/file-server";
import { measureGrowth } from "../support/memory";
import { startNext, startServices } from "../support/services";
import { createUser } from "../support/users";

const MB = 1_000_000;
const SIZE = 200 * MB;
/**
 * How much the memory of the server may grow while it saves and sends a large file (MB). With the whole file in memory, it would
 * grow by 200. How much it grows depends on when the garbage collector runs: on a quiet machine 15, on a busy one 50.
 */
const MOST = 80;

test("a video of 200 MB is saved and sent without its bytes in memory", { timeout: 300_000 }, async () => {
  const film = readFileSync(new URL("../fixtures/media/faststart.mp4", import.meta.url));
  const host = await startFileServer((_, response) => sendFilm(response, film));
  onTestFinished(() => host.close());
  const { stack, pid } = await startApp(host.origin);
  const api = createApi(stack, await createUser(stack));
  const save = async (prompt: string) => {
    const { id } = await api.create({ prompt, width: 1024, height: 1024 });
    return (await api.saved(id, 200_000)).images[0];
  };
  // The first images are not measured, because the server loads code and its heap grows.
  for (let index = 0; index < 5; index += 1) await save("an image");

  await setFaults(stack, { match: "a long film", output: [`${host.origin}/film.mp4`] });
  const { result: media, growth: saved } = await measureGrowth(pid, () => save("a long film"));
  expect(media).toMatchObject({ kind: "video", duration_ms: 1000, bytes: SIZE });

  const { result: lengths, growth: sent } = await measureGrowth(pid, () => {
    const parts = ["bytes=0-", `bytes=${MB}-`].map(async (range) => {
      const response = await api.ask(media?.url ?? "", { headers: { range } });
      let length = 0;
      for await (const chunk of response.body ?? []) length += chunk.length;
      return length;
    });
    return Promise.all(parts);
  });
  expect(lengths).toEqual([SIZE, SIZE - MB]);
  console.log(
    `A video of 200 MB: memory grew by ${saved} MB while it was saved, and by ${sent} MB while it was sent twice`,
  );
  expect(saved).toBeLessThan(MOST);
  expect(sent).toBeLessThan(MOST);
});

test("a file of 200 MB is received by /api/v1/files without its bytes in memory", { timeout: 300_000 }, async () => {
  const { stack, pid } = await startApp();
  const user = await createUser(stack);
  const replicate = new Replicate({ auth: user.accessToken, baseUrl: `${stack.appUrl}/api/v1` });
  // The first files are not measured, because the server loads code and its heap grows.
  for (let index = 0; index < 25; index += 1) await replicate.files.create(Buffer.alloc(10 * MB, index));

  const { result: file, growth } = await measureGrowth(pid, () =>
    replicate.files.create(new Blob([new Uint8Array(SIZE)])),
  );
  expect(file.size).toBe(SIZE);
  console.log(`A file of 200 MB: memory grew by ${growth} MB while it was received`);
  expect(growth).toBeLessThan(MOST);
});

/** Starts an app that accepts output files also from `origin`. */
async function startApp(origin = "") {
  const port = await findFreePort();
  const settings = { PORT: String(port), APP_URL: `http://localhost:${port}`, MAX_FILE_MB: "250" };
  const services = await startServices(settings);
  onTestFinished(() => services.process.kill("SIGTERM"));
  const origins = { REPLICATE_DELIVERY_ORIGINS: `${services.env.REPLICATE_DELIVERY_ORIGINS} ${origin}`.trim() };
  const app = await startNext(["start"], port, { ...services.env, ...settings, ...origins });
  onTestFinished(() => app.kill("SIGTERM"));
  return { stack: { env: services.env, appUrl: settings.APP_URL }, pid: app.child.pid ?? 0 };
}

/** Sends a small video, followed by an MP4 box of zeros that fills the file up to `SIZE` bytes. */
function sendFilm(response: Parameters<Parameters<typeof startFileServer>[0]>[1], film: Buffer) {
  response.writeHead(200, { "content-length": SIZE });
  const zeros = Buffer.alloc(65_536);
  const box = Buffer.from("....free");
  box.writeUInt32BE(SIZE - film.length);
  response.write(Buffer.concat([film, box]));
  let left = SIZE - film.length - box.length;
  const more = () => {
    while (left > 0) {
      const chunk = zeros.subarray(0, left);
      left -= chunk.length;
      if (!response.write(chunk)) return;
    }
    response.end();
  };
  response.on("drain", more);
  more();
}
