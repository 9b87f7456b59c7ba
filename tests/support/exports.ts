import type { createApi } from "./api";
import { unzip } from "./unzip";

type Api = ReturnType<typeof createApi>;
type Export = { id: string; created_at: string; parts: { url: string; files: number; bytes: number }[] };

/** Makes an export. Returns the export, and the URL of its first part. */
export async function makeExport({ ask }: Api) {
  const response = await ask("/api/account/exports", { method: "POST" });
  if (response.status !== 201) throw new Error(`POST: ${response.status} ${await response.text()}`);
  const made = (await response.json()) as Export;
  return { ...made, url: made.parts[0]?.url ?? "" };
}

/** Downloads a part of an export. Returns its files, and the contents of README.txt, files.json and account.json. */
export async function readPart({ ask }: Api, url: string) {
  const response = await ask(url);
  if (response.status !== 200) throw new Error(`GET: ${response.status} ${await response.text()}`);
  const files = await unzip(await response.bytes());
  const contentOf = (name: string) => files.find((file) => file.name === name)?.bytes.toString();
  return {
    files,
    readme: contentOf("README.txt"),
    list: parse(contentOf("files.json")),
    account: parse(contentOf("account.json")),
  };
}

// oxlint-disable-next-line typescript/no-explicit-any
function parse(text: string | undefined): any {
  return text === undefined ? undefined : JSON.parse(text);
}
