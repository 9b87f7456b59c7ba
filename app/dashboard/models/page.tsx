import type { Metadata } from "next";
import { ModelCard } from "@/components/models/model-card";
import { PageHeader } from "@/components/shell/page-header";
import { requirePageUser } from "@/lib/auth";
import { catalog } from "@/lib/models/catalog";

export const metadata: Metadata = { title: "Models" };

const shelves = [
  { title: "Make a picture", models: catalog.filter(({ tool }) => tool === "generate") },
  { title: "Work on a picture", models: catalog.filter(({ tool }) => tool !== "generate") },
];

export default async function ModelsPage() {
  await requirePageUser("/dashboard/models");
  return (
    <div className="mx-auto max-w-[1200px] px-4 py-8 md:px-10 md:py-12">
      <PageHeader title="Models" about="Each does one thing well, and draws its own form in Generate." />
      {shelves.map(({ title, models }) => (
        <section key={title} className="mt-10">
          <h2 className="text-[13px] font-medium text-muted">{title}</h2>
          <ul className="mt-4 grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
            {models.map((model) => (
              <ModelCard key={model.id} id={model.id} title={model.title} description={model.description} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
