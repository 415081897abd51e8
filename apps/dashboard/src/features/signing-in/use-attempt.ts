import { useState } from 'react';
import { type ApiProblem, problemOf } from '../../app/api/api-problem.ts';

/** An attempt to sign in, which may turn out to need a code of the second factor. */
export function useAttempt<Given>(tryIt: (given: Given) => Promise<void>) {
  const [problem, setProblem] = useState<ApiProblem>();
  const [needsCode, setNeedsCode] = useState(false);
  const [busy, setBusy] = useState(false);
  const make = async (given: Given): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await tryIt(given);
    } catch (failure) {
      const refused = problemOf(failure);
      if (refused.code === 'second_factor_required') setNeedsCode(true);
      else setProblem(refused);
    } finally {
      setBusy(false);
    }
  };
  const forget = () => setProblem(undefined);
  const reset = () => {
    setNeedsCode(false);
    forget();
  };
  return {
    make: (given: Given) => void make(given),
    /** Starts over. */
    reset,
    /** Removes the problem. */
    forget,
    problem,
    needsCode,
    busy,
  };
}
