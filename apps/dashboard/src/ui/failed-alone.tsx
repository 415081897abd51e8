import type { ErrorComponentProps } from '@tanstack/react-router';
import { AloneFrame } from './alone-frame.tsx';
import { PageFailed } from './page-failed.tsx';

/** A page that could not be shown where nothing else is either: neither menu nor header could be. */
export function FailedAlone(props: ErrorComponentProps) {
  return (
    <AloneFrame>
      <div className="-my-5 w-full max-w-xl">
        <PageFailed {...props} />
      </div>
    </AloneFrame>
  );
}
