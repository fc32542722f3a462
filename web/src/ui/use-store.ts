// Lets a screen watch a plain store that knows nothing of React.
import { useSyncExternalStore } from "react";

export type Watched<S> = { get: () => S; subscribe: (listener: () => void) => () => void };

export const useStore = <S>(store: Watched<S>): S =>
  useSyncExternalStore(store.subscribe, store.get);
