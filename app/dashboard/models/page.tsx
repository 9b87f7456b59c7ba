import type { Metadata } from "next";
import { ModelCard } from "@/components/models/model-card";
import { PageHeader } from "@/components/shell/page-header";
import { requirePageUser } from "@/lib/auth";
import { catalog } from "@/lib/models/catalog";

export const metadata: Metadata = { title: "Models" };

export default async function ModelsPage() {
  await requirePageUser("/dashboard/models");
  return (
    <div className="mx-auto max-w-[1200px] px-4 py-8 md:px-10 md:py-12">
      <PageHeader title="Models" about="Chosen because they do one thing well. Each draws its own form in Generate." />
      <ul className="mt-8 grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {catalog.map(({ id, title, description, tool }) => (
          <ModelCard key={id} id={id} title={title} description={description} tool={tool} />
        ))}
      </ul>
    </div>
  );
}
