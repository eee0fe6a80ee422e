import { ApiError, key } from "../api/client";
import { EmptyStore } from "../ask/EmptyStore";
import { useWords, type Words } from "../words";

interface Shown {
  title: string;
  hint: string;
  code: string;
}

/** What to say about a failure: what happened, and what to do next. */
export function explained(failure: unknown, w: Words): Shown {
  if (!(failure instanceof ApiError)) {
    return { title: w.errors.crashed, hint: w.errors.crashedHint, code: String(failure) };
  }
  const { status, message, hint, where } = failure;
  const code = where ? `${failure.code} (${where})` : failure.code;
  if (status === 0) return { title: w.errors.unreachable, hint: w.errors.unreachableHint, code };
  if (status === 401) return { title: message || w.errors.unauthorized, hint: key.get() ? w.errors.wrongKeyHint : w.errors.unauthorizedHint, code };
  if (status === 403) return { title: message || w.errors.forbidden, hint: hint || w.errors.forbiddenHint, code };
  if (status === 404) return { title: message, hint: w.errors.notFoundHint, code };
  return { title: message, hint: hint || w.errors.noHint, code };
}

/** Where there is no store yet, what makes one is offered in place of an error. */
export const storeless = (failure: unknown): boolean => failure instanceof ApiError && failure.code === "no_store";

export function Problem({ failure, again }: { failure: unknown; again?: () => void }) {
  const w = useWords();
  if (storeless(failure)) return <EmptyStore none />;
  const { title, hint, code } = explained(failure, w);
  return (
    <div class="problem" role="alert">
      <p class="problem-title">{title}</p>
      <p>{hint}</p>
      <p class="faint small">{w.errors.code(code)}</p>
      <p class="problem-ways">
        {again && (
          <button type="button" onClick={again}>
            {w.retry}
          </button>
        )}
        {failure instanceof ApiError && failure.status === 404 && <a href="/">{w.toStart}</a>}
      </p>
    </div>
  );
}
