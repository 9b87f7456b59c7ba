import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ModelExample } from "@/components/models/model-example";
import { ModelHeader } from "@/components/models/model-header";
import { ModelInputs } from "@/components/models/model-inputs";
import { ModelVersions } from "@/components/models/model-versions";
import { NoModels } from "@/components/models/no-models";
import { PriceAndSpeed } from "@/components/models/price-and-speed";
import { Readme } from "@/components/models/readme";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { requirePageUser } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { getReadme } from "@/lib/models/browse";
import { modelTitle } from "@/lib/models/catalog";
import { getModelDetails } from "@/lib/models/details";
import { parseModelRef } from "@/lib/models/ref";
import { getTypicalSeconds } from "@/lib/models/typical-seconds";
import { noModelsReason } from "../../no-models-reason";

type ModelPageProps = PageProps<"/dashboard/models/[owner]/[name]">;

export async function generateMetadata({ params }: ModelPageProps): Promise<Metadata> {
  const { owner, name } = await params;
  return { title: modelTitle(`${decodeURIComponent(owner)}/${decodeURIComponent(name)}`) };
}

/** Shows one model, even if the model cannot run here. With `?version=`, shows the inputs of that version. */
export default async function ModelPage({ params, searchParams }: ModelPageProps) {
  const { owner, name } = await params;
  const { version } = await searchParams;
  const user = await requirePageUser(pathWithQuery(`/dashboard/models/${owner}/${name}`, { version }));
  const suffix = typeof version === "string" ? `:${version}` : "";
  const ref = parseModelRef(`${decodeURIComponent(owner)}/${decodeURIComponent(name)}${suffix}`);
  if (!ref) notFound();

  const [details, seconds] = await Promise.all([
    getModelDetails(user.id, ref.model, ref.version).catch(explainModelError),
    getTypicalSeconds(ref.model),
  ]);
  const readme = typeof details === "string" ? null : await getReadme(details.model);
  return (
    <div className="mx-auto max-w-[1200px] px-4 py-8 md:px-10 md:py-12">
      {typeof details === "string" ? (
        <NoModels reason={details} />
      ) : (
        <>
          <ModelHeader details={details} pinned={ref.version} />
          <div className="mt-12 grid gap-12 lg:grid-cols-[minmax(0,1fr)_20rem]">
            <div className="flex min-w-0 flex-col gap-12">
              <ModelExample details={details} />
              <ModelInputs fields={details.fields} />
              {readme ? <Readme model={details.model} text={readme} /> : null}
            </div>
            <div className="flex min-w-0 flex-col gap-12">
              <PriceAndSpeed details={details} seconds={seconds} />
              <ModelVersions model={details.model} versions={details.versions} shown={details.version} />
            </div>
          </div>
        </>
      )}
    </div>
  );
}

/**
 * If the page can explain this error, returns the code of the error: Replicate is unavailable, or the user made too many
 * requests. Responds with 404 if the model is unknown. Throws any other error again.
 */
function explainModelError(error: unknown) {
  if (error instanceof AppError && error.code === "unknown_model") notFound();
  return noModelsReason(error);
}
