import { findModel, findVersion } from "../catalog/find-model.ts";
import { sha256 } from "../state/ids.ts";
import type { State } from "../state/saved-state.ts";
import type { Prediction } from "./prediction.ts";

/**
 * After a training has succeeded, adds its new version to the model `destination`. The version works like the model that was
 * trained or, if the trained model has `trains`, like the model that `trains` names.
 */
export function publishVersion(state: State, { id, runs, destination = "", completed_at = "" }: Prediction) {
  const trained = findVersion(state, runs)?.model;
  const base = trained?.trains ? findModel(state, trained.trains) : trained;
  const version = trained?.trains ? base?.versions[0] : base?.versions.find((item) => item.id === runs);
  const model = state.models.get(destination);
  // The destination may have been deleted while the training ran.
  if (!base || !version || !model) return;
  const { TrainingInput: _input, TrainingOutput: _output, ...schemas } = version.schemas;
  const made = { ...version, id: sha256(id), created_at: completed_at, schemas };
  state.models.save({ ...model, runner: base.runner, versions: [made, ...model.versions] });
}
