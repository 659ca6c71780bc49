package dev.trailer.domain.claim;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** Where an aggregate's door leaves the claims of a decision for the ledger: with the unit of work, beside its events. */
public final class DeclaredClaims {
    private static final String RESOURCE = DeclaredClaims.class.getName();

    private DeclaredClaims() {}

    /** Call only while a command is handled. */
    public static void declare(List<Claim> claims) {
        if (!claims.isEmpty()) {
            CurrentUnitOfWork.get()
                    .root()
                    .<List<Claim>>getOrComputeResource(RESOURCE, k -> new ArrayList<>())
                    .addAll(claims);
        }
    }

    /** What was declared in this unit of work so far, in order. */
    public static List<Claim> in(UnitOfWork<?> unitOfWork) {
        return List.copyOf(unitOfWork.root().<List<Claim>>getOrDefaultResource(RESOURCE, List.of()));
    }
}
