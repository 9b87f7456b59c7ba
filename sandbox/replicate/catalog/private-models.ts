import { Model } from "./model.ts";

const PROMPT = {
  type: "string",
  title: "Prompt",
  "x-order": 0,
  description: "What to make, in the style of the company.",
};
const schemas = {
  Input: { type: "object", title: "Input", required: ["prompt"], properties: { prompt: PROMPT } },
  Output: { type: "string", title: "Output", format: "uri" },
};

/**
 * The private models of the account that the token belongs to. As at Replicate, they can be read and run with the token, but no
 * search and no list shows them.
 */
export const privateModels: Model[] = [
  Model.parse({
    id: "sandbox/company-style",
    owner: "sandbox",
    name: "company-style",
    description: "Images in the style of the company, trained on its unpublished campaign.",
    visibility: "private",
    is_official: false,
    runs_by_name: false,
    github_url: null,
    paper_url: null,
    license_url: null,
    cover_image_url: null,
    run_count: 12,
    created_at: "2026-01-05T09:00:00.000000Z",
    tags: [],
    readme: "# company-style\n\nTrained on the unpublished campaign.\n",
    runner: "image",
    example: {
      input: { prompt: "A poster of the unpublished campaign" },
      output: "/delivery/tjzk/stability-ai--sdxl/cover.webp",
      metrics: { predict_time: 2.5 },
    },
    versions: [
      {
        id: "5f1c7f6f0b2b4d6f8a9f3f27a1c0e4d85b7e6a3c9d0f1e2a4b6c8d7e9f0a1b2c",
        created_at: "2026-02-10T09:00:00.000000Z",
        cog_version: "0.16.9",
        schemas,
      },
      {
        id: "8d3a1b5c7e9f0a2b4c6d8e1f3a5b7c9d0e2f4a6b8c1d3e5f7a9b0c2d4e6f8a1b",
        created_at: "2026-01-05T09:00:00.000000Z",
        cog_version: "0.16.9",
        schemas,
      },
    ],
  }),
];
