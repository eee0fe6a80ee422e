def differences(query: str) -> tuple[str, ...]:
    return ()
