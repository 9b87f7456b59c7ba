"use client";

import { Failure } from "@/components/shell/error-page";

export default function Error({ error, retry }: { error: unknown; retry: () => void }) {
  return <Failure error={error} retry={retry} home="/" />;
}
