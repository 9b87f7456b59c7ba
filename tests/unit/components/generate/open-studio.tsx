import { render, screen } from "@testing-library/react";
import { beforeEach } from "vitest";
import { aspectRatiosOf } from "@/components/generate/fields/aspect-ratios";
import { ToolModelsProvider } from "@/components/jobs/tool-models";
import { Studio } from "@/components/generate/studio";
import { presets } from "@/lib/config";
import type { Usage } from "@/lib/history/schema";
import { stubFetch } from "../stub-fetch";
import { flux, sdxl } from "./fixtures";

/** Before each test, deletes all drafts, and lets every request get a response with status 429. Returns the mock of `fetch`. */
export function prepareStudio() {
  const send = stubFetch();
  beforeEach(() => {
    localStorage.clear();
    send.mockImplementation(async () => Response.json({ detail: "Wait until one has finished." }, { status: 429 }));
    // jsdom has no `hidePopover`.
    HTMLElement.prototype.hidePopover = () => {};
  });
  return send;
}

export const promptInput = () => screen.getByLabelText<HTMLTextAreaElement>("Prompt");

/** The parsed bodies of all requests that have a body. */
export function bodiesOf(send: ReturnType<typeof prepareStudio>) {
  return send.mock.calls.flatMap(([, init]): unknown[] => (init?.body ? [JSON.parse(String(init.body))] : []));
}

export const usage: Usage = {
  images: { limit: 200, used: 0, left: 200 },
  usd: { limit: 5, used: 0, left: 5 },
  stored_bytes: { limit: 5e9, used: 0, left: 5e9 },
  in_flight: { limit: 20, used: 0 },
  resets_at: "2026-11-22T00:00:00.000Z",
};

let users = 0;

/** Opens the Generate page, by default for a new user, because the app keeps a user's feed after the page is closed. */
export function openStudio({ owner = `user ${++users}`, ...props }: Partial<Parameters<typeof Studio>[0]> = {}) {
  render(
    <ToolModelsProvider models={{ upscale: "nightmareai/real-esrgan", describe: "openai/gpt-4o-mini" }}>
      <Studio
        owner={owner}
        model="stability-ai/sdxl"
        version="v1"
        fields={sdxl}
        choices={[
          { id: "stability-ai/sdxl", title: "Stable Diffusion XL", group: "Generate an image", isMaker: true },
          { id: "black-forest-labs/flux-schnell", title: "FLUX.1 schnell", group: "Generate an image", isMaker: true },
        ]}
        formKey="f1"
        placeholder="What should happen in the video?"
        start={null}
        mediaChoices={[]}
        predictions={[]}
        usage={{ usage, price: null, limit: null, before: null }}
        presets={presets}
        runs={{ "stability-ai/sdxl": { frame: 1, usual: "usually 40 s" } }}
        loadCompared={async () => ({ ratios: aspectRatiosOf(flux), cost: 0.003 })}
        loadComparable={async () => []}
        canRun={async () => true}
        loadEditModel={async () => null}
        loadRecentPrompts={async () => []}
        canImprove
        canSpeak
        startAction={async () => null}
        {...props}
      />
    </ToolModelsProvider>,
  );
  return owner;
}
