import type { Version } from "./model.ts";

type Described = { id: string; description: string | null; license_url?: string | null; versions: Version[] };

/** Returns the README of a model: its description, its inputs, and the code that runs it. */
export function writeReadme({ id, description, license_url: license, versions: [version] }: Described): string {
  const { Input } = version?.schemas ?? {};
  const required = Input?.required ?? [];
  const inputs = Object.entries(Input?.properties ?? {}).map(([name, schema]) => {
    const about = typeof schema.description === "string" ? `: ${schema.description}` : "";
    return `- \`${name}\`${required.includes(name) ? " (required)" : ""}${about}`;
  });
  const parts = [
    `# ${id.split("/")[1]}`,
    description,
    "## Inputs",
    inputs.join("\n"),
    "## Run it",
    `\`\`\`js\nconst output = await replicate.run("${id}", { input });\n\`\`\``,
    `See [the model on Replicate](https://replicate.com/${id}).`,
    license ? `## License\n\n[The license](${license}) says what you may do with the results.` : null,
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}
